package org.sqlite;

import java.io.File;

/** Loads the native library that the image holds. */
public final class SQLiteJDBCLoader {
  private SQLiteJDBCLoader() {}

  /**
   * @throws UnsatisfiedLinkError if the library is not there or does not fit the machine
   */
  public static boolean initialize() {
    String folder = System.getProperty("org.sqlite.lib.path");
    String name = System.getProperty("org.sqlite.lib.name");
    System.load(new File(folder, name).getAbsolutePath());
    return true;
  }

  /** For the driver's metadata, which ProntoDB does not ask for. */
  public static int getMajorVersion() {
    return 0;
  }

  /** For the driver's metadata, which ProntoDB does not ask for. */
  public static int getMinorVersion() {
    return 0;
  }
}
