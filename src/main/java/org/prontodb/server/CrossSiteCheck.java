package org.prontodb.server;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.prontodb.model.Problem.Kind;

/**
 * Refuses requests that web pages of other sites have a browser send: cross-site request forgery
 * with a password that the browser knows, and DNS rebinding, by which a page could also read the
 * answers. The headers {@code Origin} and {@code Sec-Fetch-Site}, or a {@code Host} that is not one
 * of this server's names, show such a request.
 */
final class CrossSiteCheck {
  private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");

  private final Set<String> names;

  /**
   * @param names what this server is called besides {@code localhost}, in lower case
   */
  CrossSiteCheck(Set<String> names) {
    this.names = names;
  }

  void check(Exchange exchange) {
    String host = exchange.host();
    if (host != null && !isOurs(host.toLowerCase(Locale.ROOT))) {
      throw new HttpRefusal(
          421,
          Kind.DENIED,
          "this server is not called what the header Host says",
          "prontodb serve --host NAME gives it a name");
    }
    String site = exchange.header("Sec-Fetch-Site");
    String origin = exchange.header("Origin");
    boolean foreign = site != null && (site.equals("cross-site") || site.equals("same-site"));
    if (foreign || (origin != null && !isOwn(origin, exchange.header("Host")))) {
      throw new HttpRefusal(403, Kind.DENIED, "web pages of other origins have no access", null);
    }
  }

  /** An address can not be made to point elsewhere, so only names are checked. */
  private boolean isOurs(String host) {
    return host.equals("localhost")
        || host.contains(":")
        || IPV4.matcher(host).matches()
        || names.contains(host);
  }

  private static boolean isOwn(String origin, String host) {
    int authority = origin.indexOf("://");
    return authority > 0 && origin.substring(authority + 3).equalsIgnoreCase(host);
  }
}
