package org.sqlite.date;

import java.util.Calendar;
import java.util.Date;
import java.util.Locale;
import java.util.TimeZone;

/** A date format that is never used: no column of ProntoDB holds a date. */
public final class FastDateFormat {
  private static final FastDateFormat NONE = new FastDateFormat();

  private FastDateFormat() {}

  public static FastDateFormat getInstance(String pattern) {
    return NONE;
  }

  public static FastDateFormat getInstance(String pattern, TimeZone zone) {
    return NONE;
  }

  public static FastDateFormat getInstance(String pattern, Locale locale) {
    return NONE;
  }

  public static FastDateFormat getInstance(String pattern, TimeZone zone, Locale locale) {
    return NONE;
  }

  public String format(Calendar date) {
    throw new UnsupportedOperationException("ProntoDB keeps no dates");
  }

  public String format(Date date) {
    throw new UnsupportedOperationException("ProntoDB keeps no dates");
  }

  public Date parse(String text) {
    throw new UnsupportedOperationException("ProntoDB keeps no dates");
  }
}
