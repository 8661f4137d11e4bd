/** The application and its libraries as one module, which jlink puts into the runtime image. */
module org.prontodb {
  requires java.naming;
  requires java.sql;
  requires jdk.unsupported;

  // What the jars in the folder plugins of the runtime implement, and what they implement it with.
  exports org.prontodb.store;
  exports org.prontodb.model;

  uses org.prontodb.store.StoreProvider;

  // What Jetty looks up by these names, and would not find without them.
  uses org.eclipse.jetty.http.HttpFieldPreEncoder;
  uses org.eclipse.jetty.util.security.CredentialProvider;

  provides org.eclipse.jetty.http.HttpFieldPreEncoder with
      org.eclipse.jetty.http.Http10FieldPreEncoder,
      org.eclipse.jetty.http.Http11FieldPreEncoder;
}
