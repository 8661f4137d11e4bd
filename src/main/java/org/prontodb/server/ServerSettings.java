package org.prontodb.server;

import java.nio.file.Path;
import java.util.Set;

/**
 * What a user can choose about a server.
 *
 * @param host the address to listen at, or null with {@code unix}
 * @param port 0 for any that is free
 * @param unix the socket to listen at, or null
 * @param certificates the chain of certificates, or null for no TLS
 * @param key the certificate's key, or null for no TLS
 * @param insecure whether to listen beyond this machine without TLS
 * @param names what the server is called besides {@code localhost}, in lower case
 * @param maxBody how many bytes a load may have
 * @param accessLog whether each request is told
 */
public record ServerSettings(
    String host,
    int port,
    Path unix,
    Path certificates,
    Path key,
    boolean insecure,
    Set<String> names,
    long maxBody,
    boolean accessLog) {

  boolean isTls() {
    return certificates != null;
  }
}
