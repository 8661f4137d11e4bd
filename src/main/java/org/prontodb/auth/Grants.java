package org.prontodb.auth;

import org.prontodb.model.Delimiter;
import org.prontodb.model.Namespace;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.ProntoException;
import org.prontodb.model.Text;
import org.prontodb.store.Identities;
import org.prontodb.store.Identities.Grant;

/**
 * What users may do in streams and over the server. Grants add up: one that allows is enough, and
 * {@code rw} includes {@code ro}. A user without any may do nothing; {@code admin} may do all.
 */
public final class Grants {
  private Grants() {}

  static boolean allows(Identities identities, String user, Namespace namespace, Access access) {
    if (user.equals(Identities.ADMIN)) {
      return true;
    }
    return identities.grants(user).stream()
        .anyMatch(
            grant ->
                (grant.write() || access == Access.READ) && Pattern.of(grant).covers(namespace));
  }

  /**
   * The refusal of an access that no grant allows.
   *
   * @param delimiter the one in which the namespace is to be granted
   */
  public static ProntoException refusal(
      Identity identity, Access access, Namespace namespace, Delimiter delimiter) {
    Delimiter between = delimiter.orFree(namespace.project() + namespace.name());
    String path = namespace.path(between);
    return Problem.of(
            Kind.DENIED,
            "%s may not %s %s"
                .formatted(
                    Text.visible(identity.user()),
                    access == Access.READ ? "read" : "write into",
                    Text.visible(path)),
            Pattern.canBe(namespace)
                ? "have an admin grant it: prontodb%s admin grant %s %s %s"
                    .formatted(
                        between.equals(delimiter)
                            ? ""
                            : " --ns-delim " + Text.shellWord(between.toString()),
                        Text.shellWord(identity.user()),
                        access.word(),
                        Text.shellWord(path))
                : "a name with * in it has no grant of its own; give it another name")
        .asException();
  }

  /** Grants, in the place of an earlier grant for the same pattern. */
  public static void grant(
      Identities identities, Act act, String user, Access access, Pattern pattern) {
    Users.require(identities, user);
    if (user.equals(Identities.ADMIN)) {
      throw Problem.of(
              Kind.FAILED,
              "admin may do all: a grant would change nothing",
              "make a user for whom grants count: prontodb admin 'user=NAME;pass=-;'")
          .asException();
    }
    identities.save(
        new Grant(user, pattern.project(), pattern.namespace(), access == Access.WRITE));
    act.record(identities, "grant", user, access.word() + " " + pattern.text(Delimiter.DEFAULT));
  }

  /** Takes a grant back; that of exactly this pattern, not those within it. */
  public static void revoke(Identities identities, Act act, String user, Pattern pattern) {
    Users.require(identities, user);
    Grant grant = new Grant(user, pattern.project(), pattern.namespace(), false);
    if (!identities.remove(grant)) {
      throw Problem.of(
              Kind.NOT_FOUND,
              "\""
                  + Text.visible(user)
                  + "\" has no grant for \""
                  + Text.visible(pattern.text(Delimiter.DEFAULT))
                  + "\"",
              "prontodb admin user list shows all grants")
          .asException();
    }
    act.record(identities, "revoke", user, pattern.text(Delimiter.DEFAULT));
  }
}
