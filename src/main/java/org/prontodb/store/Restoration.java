package org.prontodb.store;

import java.io.IOException;
import java.io.OutputStream;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.ProntoException;

/**
 * Replaces all of a store by a snapshot: the bytes are written to {@link #content}, then verified,
 * then applied. What ends earlier has changed nothing.
 */
public interface Restoration extends AutoCloseable {
  /** Takes the bytes of the snapshot. To be closed before {@link #verify}. */
  OutputStream content() throws IOException;

  /** How many bytes {@link #content} can take. */
  long room() throws IOException;

  /** What messages call the store. */
  String target();

  /**
   * Reads all of the new content, and refuses what is damaged or not of this kind of store.
   *
   * @throws org.prontodb.model.ProntoException with kind CONTENT
   */
  void verify();

  /** How many namespaces are in the new content, once it is verified. */
  int namespaces();

  /**
   * Puts the verified content in the place of the present one, in one transaction. No other process
   * writes from before the safety copy is made until the new content is there.
   *
   * @param replaces whether namespaces that are there may be replaced
   * @param withIdentities whether users, keys, sessions, grants and their log are those of the new
   *     content; else they stay as they are, where the store exists
   * @param time for the name of the safety copy of the present content
   * @return where the safety copy is; null if the store did not exist
   * @throws org.prontodb.model.ProntoException if there are namespaces that may not be replaced
   */
  String apply(boolean replaces, boolean withIdentities, String time);

  /** The refusal to replace namespaces that are there. */
  static ProntoException wouldReplace(int namespaces) {
    return Problem.of(
            Kind.FAILED,
            "the database holds %d %s, which a restore would replace"
                .formatted(namespaces, namespaces == 1 ? "namespace" : "namespaces"),
            "--force replaces them and keeps a copy beside the database; -d restores into another"
                + " file")
        .asException();
  }

  @Override
  void close();
}
