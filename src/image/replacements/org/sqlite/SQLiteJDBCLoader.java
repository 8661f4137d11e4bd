package org.sqlite;

/** Loads the native library that the image holds. */
public final class SQLiteJDBCLoader {
  private SQLiteJDBCLoader() {}

  /**
   * @throws UnsatisfiedLinkError if the library is not there or does not fit the machine
   */
  public static boolean initialize() {
    System.load(
        System.getProperty("org.sqlite.lib.path")
            + "/"
            + System.getProperty("org.sqlite.lib.name"));
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
