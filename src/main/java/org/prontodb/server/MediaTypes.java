package org.prontodb.server;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.jetty.http.QuotedQualityCSV;
import org.prontodb.app.Dialects;
import org.prontodb.dialect.Dialect;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.Text;

/** How the dialects are called in the headers Content-Type and Accept. */
final class MediaTypes {
  static final String JSON = "application/json";
  static final String STREAM = "application/vnd.prontodb.stream";

  /** What listings are offered as: the first is for whoever has no wish. */
  private static final Map<String, String> OFFERED =
      ordered(
          JSON,
          JSON,
          "application/jsonl",
          "jsonl",
          "application/x-ndjson",
          "jsonl",
          "text/tab-separated-values",
          "tsv",
          "text/csv",
          "csv",
          STREAM,
          "stream",
          "text/plain",
          "stream");

  /** What loads are sent as. The last three are what clients say that were not told anything. */
  private static final Map<String, String> TAKEN =
      ordered(
          STREAM,
          "stream",
          "text/plain",
          "stream",
          "application/jsonl",
          "jsonl",
          "application/x-ndjson",
          "jsonl",
          "text/tab-separated-values",
          "tsv",
          "text/csv",
          "csv",
          JSON,
          "json",
          "application/octet-stream",
          "stream",
          "application/x-www-form-urlencoded",
          "stream",
          "",
          "stream");

  /** A range of Accept, with its weight from 0 to 1. */
  private record Range(String name, double quality) {
    /** How exactly the range names the type: 0 if it does not. */
    int precision(String type) {
      if (name.equals(type)) {
        return 3;
      }
      String family = type.substring(0, type.indexOf('/') + 1);
      return name.equals(family + "*") ? 2 : name.equals("*/*") ? 1 : 0;
    }
  }

  private MediaTypes() {}

  private static Map<String, String> ordered(String... pairs) {
    Map<String, String> map = new java.util.LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put(pairs[i], pairs[i + 1]);
    }
    return map;
  }

  /** The types that a listing may have. */
  static List<String> offered() {
    return List.copyOf(OFFERED.keySet());
  }

  /** The types that name the dialect of a load. */
  static List<String> taken() {
    return TAKEN.keySet().stream().limit(7).toList();
  }

  /** The dialect of a load; refuses a type that means none. */
  static Dialect taken(String contentType) {
    String type = type(contentType == null ? "" : contentType);
    String dialect = TAKEN.get(type);
    if (dialect == null) {
      throw new HttpRefusal(
          415,
          Kind.USAGE,
          "no dialect is called " + Text.visible(type),
          "one of " + String.join(", ", taken()));
    }
    return Dialects.named(dialect);
  }

  /** The value of a parameter of the type, without its quotes; null if it is not there. */
  static String parameter(String contentType, String name) {
    for (String part : contentType == null ? new String[0] : contentType.split(";")) {
      String text = part.strip();
      if (text.regionMatches(true, 0, name + "=", 0, name.length() + 1)) {
        return text.substring(name.length() + 1).replace("\"", "");
      }
    }
    return null;
  }

  /** Whether a parameter of the type has this value, as in {@code text/csv; header=present}. */
  static boolean says(String contentType, String name, String value) {
    if (contentType == null) {
      return false;
    }
    String wanted = name + "=" + value;
    for (String part : contentType.split(";")) {
      if (part.strip().replace("\"", "").equalsIgnoreCase(wanted)) {
        return true;
      }
    }
    return false;
  }

  /** The type, in lower case and without its parameters. */
  private static String type(String text) {
    int semicolon = text.indexOf(';');
    String type = semicolon < 0 ? text : text.substring(0, semicolon);
    return type.strip().toLowerCase(Locale.ROOT);
  }

  /** The type that a client with this Accept is to get a listing in. */
  static String offered(String accept) {
    if (accept == null || accept.isBlank()) {
      return JSON;
    }
    QuotedQualityCSV values = new QuotedQualityCSV();
    values.addValue(accept);
    List<Range> ranges =
        values.getQualityValues().stream()
            .map(value -> new Range(type(value.getValue()), value.getWeight()))
            .toList();
    String best = null;
    double most = 0;
    for (String type : OFFERED.keySet()) {
      double quality = quality(type, ranges);
      if (quality > most) {
        best = type;
        most = quality;
      }
    }
    if (best == null) {
      throw new HttpRefusal(
          406,
          Kind.USAGE,
          "nothing that Accept names is to be had here",
          "one of " + String.join(", ", OFFERED.keySet()));
    }
    return best;
  }

  /** The dialect of a type that {@link #offered} answered; null for JSON, which is none. */
  static Dialect dialectOf(String offered) {
    String name = OFFERED.get(offered);
    return name.equals(JSON) ? null : Dialects.named(name);
  }

  /** The quality of the most exact range that names the type; 0 if none does. */
  private static double quality(String type, List<Range> ranges) {
    int precision = 0;
    double quality = 0;
    for (Range range : ranges) {
      int its = range.precision(type);
      if (its > precision) {
        precision = its;
        quality = range.quality();
      }
    }
    return quality;
  }
}
