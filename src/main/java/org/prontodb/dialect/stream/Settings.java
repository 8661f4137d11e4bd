package org.prontodb.dialect.stream;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.Token;
import org.prontodb.dialect.stream.grammar.ProntoParser;
import org.prontodb.dialect.stream.grammar.ProntoParser.AssignmentContext;
import org.prontodb.dialect.stream.grammar.ProntoParser.EndOfSettingsContext;
import org.prontodb.model.CacheSettings;
import org.prontodb.model.CompressionSettings;
import org.prontodb.model.Expiry;
import org.prontodb.model.Nearest;
import org.prontodb.model.Numbers;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.ProntoException;
import org.prontodb.model.Span;
import org.prontodb.model.Text;

/**
 * Lists of settings such as {@code timeout=60; max_items=5}, in the words of the stream format:
 * values are bare or quoted, and the last {@code ;} may be missing. Messages never hold a value of
 * a list that is not a cache's, because it may be a password.
 */
public final class Settings {
  private static final String FORM =
      "settings are written name=value;name=value; a value with ';' in it is quoted";
  private static final String CACHE_FORM =
      "the settings of a cache are timeout, max_items and evict_on_read";
  private static final String NAMESPACE_FORM = "the settings of a namespace are compress and level";
  static final List<String> OF_A_CACHE = List.of("timeout", "max_items", "evict_on_read");
  private static final List<String> OF_A_NAMESPACE = List.of("compress", "level");

  private static final String SECONDS = "whole seconds";
  private static final String WHOLE = "a whole number";

  private Settings() {}

  /**
   * The settings of {@code text} in their order.
   *
   * @throws ProntoException with kind USAGE if it is no list of settings, or names one twice
   */
  public static List<Setting> parse(String text) {
    return parse(text, false);
  }

  /** As {@link #parse}, for the settings of a cache, which are no secrets: a bad one is shown. */
  public static List<Setting> parseOfCache(String text) {
    return parse(text, true);
  }

  private static List<Setting> parse(String text, boolean show) {
    ByteWindow window = ByteWindow.over(text.getBytes(StandardCharsets.UTF_8));
    StatementTokens tokens = new StatementTokens(new StatementLexer(window));
    ProntoParser parser = StatementParser.over(tokens, new SyntaxFaults(window, tokens));
    List<Setting> settings = new ArrayList<>();
    try {
      while (true) {
        tokens.begin();
        switch (parser.setting()) {
          case AssignmentContext assignment -> add(settings, read(window, assignment));
          case EndOfSettingsContext end -> {
            return settings;
          }
          default -> {
            // an empty one between two ';'
          }
        }
      }
    } catch (Fault fault) {
      long column = window.locate("", fault.index()).column();
      throw refused(
          show
              ? "bad setting \"" + Text.visible(settingAt(text, column)) + "\""
              : "bad settings: something is wrong at character " + column,
          FORM);
    }
  }

  private static String settingAt(String text, long column) {
    int at = text.offsetByCodePoints(0, (int) column - 1);
    int end = text.indexOf(';', at);
    return text.substring(text.lastIndexOf(';', at - 1) + 1, end < 0 ? text.length() : end).strip();
  }

  private static Setting read(ByteWindow window, AssignmentContext assignment) {
    Token name = assignment.name;
    return new Setting(
        window.text(name.getStartIndex(), name.getStopIndex() + 1),
        new String(StatementParser.value(window, assignment.value), StandardCharsets.UTF_8));
  }

  private static void add(List<Setting> settings, Setting setting) {
    if (settings.stream().anyMatch(s -> s.name().equals(setting.name()))) {
      throw refused(
          "setting \"" + Text.visible(setting.name()) + "\" is given twice", "keep one of the two");
    }
    settings.add(setting);
  }

  /**
   * The settings of a cache.
   *
   * @param base what holds where {@code settings} say nothing; null for a new cache, which must be
   *     given a timeout
   */
  public static CacheSettings ofCache(List<Setting> settings, CacheSettings base) {
    Long timeout = base == null ? null : base.timeoutSeconds();
    long maxItems = base == null ? 0 : base.maxItems();
    boolean evictOnRead = base == null || base.evictOnRead();
    for (Setting setting : settings) {
      switch (setting.name()) {
        case "timeout" -> timeout = timeout(setting);
        case "max_items" -> maxItems = number(setting, 0, Long.MAX_VALUE, WHOLE, CACHE_FORM);
        case "evict_on_read" -> evictOnRead = number(setting, 0, 1, WHOLE, CACHE_FORM) == 1;
        default -> throw unknown(setting, "a cache", OF_A_CACHE, CACHE_FORM);
      }
    }
    if (timeout == null) {
      throw refused("a cache needs a timeout", "write timeout=SECONDS");
    }
    return new CacheSettings(timeout, maxItems, evictOnRead);
  }

  /**
   * How a namespace is to store values.
   *
   * @param base what holds where {@code settings} say nothing
   */
  public static CompressionSettings ofCompression(
      List<Setting> settings, CompressionSettings base) {
    boolean on = base.on();
    int level = base.level();
    for (Setting setting : settings) {
      switch (setting.name()) {
        case "compress" -> on = isZstd(setting);
        case "level" ->
            level = (int) number(setting, 1, CompressionSettings.MAX_LEVEL, WHOLE, NAMESPACE_FORM);
        default -> throw unknown(setting, "a namespace", OF_A_NAMESPACE, NAMESPACE_FORM);
      }
    }
    if (!on && settings.stream().anyMatch(setting -> setting.name().equals("level"))) {
      throw refused("a level is of use to compress=zstd alone", "write compress=zstd level=N");
    }
    return new CompressionSettings(on, level);
  }

  private static boolean isZstd(Setting setting) {
    return switch (setting.value()) {
      case "zstd" -> true;
      case "none", "off" -> false;
      default ->
          throw refused(
              "compress=" + Text.visible(setting.value()) + " is not known",
              "write compress=zstd or compress=none");
    };
  }

  private static long timeout(Setting setting) {
    long seconds = Span.seconds(setting.value());
    return seconds >= 1 && seconds <= Expiry.MAX_SECONDS
        ? seconds
        : number(setting, 1, Expiry.MAX_SECONDS, SECONDS, CACHE_FORM);
  }

  private static long number(Setting setting, long least, long most, String what, String form) {
    long number = Numbers.parse(setting.value());
    if (number < least || number > most) {
      String range = most == Long.MAX_VALUE ? "from " + least : "from " + least + " to " + most;
      throw refused(
          setting.name() + "=" + Text.visible(setting.value()) + " is not " + what + " " + range,
          form);
    }
    return number;
  }

  private static ProntoException unknown(
      Setting setting, String owner, List<String> known, String form) {
    return refused(
        "unknown setting \"" + Text.visible(setting.name()) + "\" of " + owner,
        Nearest.to(setting.name(), known).map(name -> "did you mean " + name + "?").orElse(form));
  }

  private static ProntoException refused(String message, String hint) {
    return Problem.of(Kind.USAGE, message, hint).asException();
  }
}
