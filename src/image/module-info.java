/** The application and its libraries as one module, which jlink puts into the runtime image. */
module org.prontodb {
  requires java.sql;
}
