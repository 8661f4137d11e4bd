package org.prontodb.server;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.ComplianceViolation;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.QuotedCSV;
import org.prontodb.model.Sha256;
import org.prontodb.records.Condition;

/**
 * The entity tags of RFC 9110. A value's tag is a hash of its bytes: strong, the same in every
 * process, and the same again when a value comes back.
 */
final class EntityTags {
  private static final int BYTES = 16;
  private static final Pattern TAG = Pattern.compile("(W/)?(\"[\\x21\\x23-\\x7e\\x80-\\xff]*\")");
  private static final ComplianceViolation.Listener LENIENT = new ComplianceViolation.Listener() {};

  /** Tags, of which any will do; {@code *} is {@link #ANY}. */
  private record Tags(List<String> tags, boolean any) {
    boolean match(byte[] value) {
      return value != null && (any || tags.contains(of(value)));
    }
  }

  private EntityTags() {}

  static String of(byte[] value) {
    byte[] part = Arrays.copyOf(Sha256.of(value), BYTES);
    return '"' + Base64.getUrlEncoder().withoutPadding().encodeToString(part) + '"';
  }

  /** What {@code If-Match} and {@code If-None-Match} ask of the record, for a change of it. */
  static Condition condition(Exchange exchange) {
    Tags match = parse(exchange, "If-Match", false);
    Tags noneMatch = parse(exchange, "If-None-Match", true);
    if (match == null && noneMatch == null) {
      return new Condition.None();
    }
    return new Condition.Passes(
        value ->
            (match == null || match.match(value))
                && (noneMatch == null || !noneMatch.match(value)));
  }

  /** Whether {@code If-Match} forbids to hand this value out. */
  static boolean isRefused(Exchange exchange, byte[] value) {
    Tags match = parse(exchange, "If-Match", false);
    return match != null && !match.match(value);
  }

  /** Whether {@code If-None-Match} says that the asker has this value already. */
  static boolean isKnown(Exchange exchange, byte[] value) {
    Tags noneMatch = parse(exchange, "If-None-Match", true);
    return noneMatch != null && noneMatch.match(value);
  }

  /**
   * @param weak whether a weak tag counts like a strong one; else it matches nothing
   */
  private static Tags parse(Exchange exchange, String header, boolean weak) {
    String text = exchange.list(header);
    if (text == null) {
      return null;
    }
    if (text.strip().equals("*")) {
      return new Tags(List.of(), true);
    }
    List<String> values = new QuotedCSV.Etags(HttpCompliance.RFC9110, LENIENT, text).getValues();
    List<String> tags = new ArrayList<>();
    for (String value : values) {
      Matcher tag = TAG.matcher(value);
      if (!tag.matches()) {
        throw notTags(header);
      }
      if (weak || tag.group(1) == null) {
        tags.add(tag.group(2));
      }
    }
    if (values.isEmpty()) {
      throw notTags(header);
    }
    return new Tags(tags, false);
  }

  private static HttpRefusal notTags(String header) {
    return HttpRefusal.badRequest(
        header + " is neither * nor a list of entity tags",
        "give the ETag of an earlier answer, its quotes included");
  }
}
