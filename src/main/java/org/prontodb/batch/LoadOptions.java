package org.prontodb.batch;

import org.prontodb.model.Delimiter;
import org.prontodb.model.Secret;

/**
 * How a load is to be carried out.
 *
 * @param keepGoing skip bad statements and apply the rest
 * @param commitEvery commit after so many accepted statements, or 0 for one transaction a namespace
 * @param requireEnd refuse an input without {@code meta:end}
 * @param check only plan
 * @param diff have the plan name the keys
 * @param project the project chosen at the beginning of every file, or null
 * @param namespace the namespace chosen at the beginning of every file, or null
 * @param delimiter the delimiter in force at the beginning of every file
 * @param authenticationRequired whether an identity is needed
 * @param session what stands in for a preamble, or null
 * @param apiKey what stands in for a preamble, or null
 * @param allowEmpty whether a replacement without a record, which deletes all there is, is meant
 * @param expectedRows how many rows the inputs must have together, or -1 if any number will do
 */
public record LoadOptions(
    boolean keepGoing,
    long commitEvery,
    boolean requireEnd,
    boolean check,
    boolean diff,
    String project,
    String namespace,
    Delimiter delimiter,
    boolean authenticationRequired,
    Secret session,
    Secret apiKey,
    boolean allowEmpty,
    long expectedRows) {

  /** One transaction a namespace, no identity needed, nothing chosen. */
  public static final LoadOptions DEFAULT = builder().build();

  /** Begins with what {@link #DEFAULT} says. */
  public static Builder builder() {
    return new Builder();
  }

  /** Says what is not as in {@link #DEFAULT}; each method is named as the member that it sets. */
  public static final class Builder {
    private boolean keepGoing;
    private long commitEvery;
    private boolean requireEnd;
    private boolean check;
    private boolean diff;
    private String project;
    private String namespace;
    private Delimiter delimiter = Delimiter.DEFAULT;
    private boolean authenticationRequired;
    private Secret session;
    private Secret apiKey;
    private boolean allowEmpty;
    private long expectedRows = -1;

    private Builder() {}

    public Builder keepGoing(boolean keepGoing) {
      this.keepGoing = keepGoing;
      return this;
    }

    public Builder commitEvery(long statements) {
      this.commitEvery = statements;
      return this;
    }

    public Builder requireEnd(boolean requireEnd) {
      this.requireEnd = requireEnd;
      return this;
    }

    public Builder check(boolean check) {
      this.check = check;
      return this;
    }

    public Builder diff(boolean diff) {
      this.diff = diff;
      return this;
    }

    /**
     * Where every file starts; each of the two may be null, the namespace alone may not be given.
     */
    public Builder startingIn(String project, String namespace) {
      this.project = project;
      this.namespace = namespace;
      return this;
    }

    public Builder delimiter(Delimiter delimiter) {
      this.delimiter = delimiter;
      return this;
    }

    public Builder authenticationRequired(boolean required) {
      this.authenticationRequired = required;
      return this;
    }

    public Builder session(Secret session) {
      this.session = session;
      return this;
    }

    public Builder apiKey(Secret apiKey) {
      this.apiKey = apiKey;
      return this;
    }

    public Builder allowEmpty(boolean allowEmpty) {
      this.allowEmpty = allowEmpty;
      return this;
    }

    public Builder expectedRows(long rows) {
      this.expectedRows = rows;
      return this;
    }

    public LoadOptions build() {
      return new LoadOptions(
          keepGoing,
          commitEvery,
          requireEnd,
          check,
          diff,
          project,
          namespace,
          delimiter,
          authenticationRequired,
          session,
          apiKey,
          allowEmpty,
          expectedRows);
    }
  }
}
