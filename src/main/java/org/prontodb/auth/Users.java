package org.prontodb.auth;

import org.prontodb.model.Namespace;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.Text;
import org.prontodb.store.Identities;
import org.prontodb.store.Identities.User;

/**
 * Adds, changes and removes users.
 *
 * <p>{@code admin} is the one administrator, by name: a user like others but for that it may do all
 * and can not be removed. A lost password locks nobody out, since these are direct commands, bound
 * by the file's permissions.
 */
public final class Users {
  /** What the log puts before the name of an account of the operating system. */
  private static final String ACCOUNT = "os:";

  private Users() {}

  /** How the log names an account of the operating system; no user can have this name. */
  public static String accountOf(String name) {
    return ACCOUNT + name;
  }

  /** What became of a user. */
  public enum Saved {
    ADDED,
    CHANGED
  }

  /** Refuses what can not be the name of a user. */
  public static void checkName(String name) {
    Namespace.checkName("user", name);
    if (name.startsWith(ACCOUNT)) {
      throw Problem.of(
              Kind.USAGE,
              "user name \"" + Text.visible(name) + "\" begins with " + ACCOUNT,
              "in the log that stands for an account of the operating system")
          .asException();
    }
  }

  /**
   * Adds a user, or gives one a new password, which ends the sessions that the old one opened.
   *
   * @param password as {@link Passwords#hash} answered it, or null for the default one of admin
   */
  public static Saved save(Identities identities, Act act, String name, String password) {
    checkName(name);
    boolean known = identities.user(name).isPresent();
    identities.save(new User(name, password));
    identities.removePasswordSessions(name);
    act.record(identities, known ? "user password" : "user add", name, "");
    return known ? Saved.CHANGED : Saved.ADDED;
  }

  /** Removes a user with all keys, sessions and grants. */
  public static void remove(Identities identities, Act act, String name) {
    if (name.equals(Identities.ADMIN)) {
      throw Problem.of(
              Kind.FAILED,
              "admin can not be removed",
              "change its password with prontodb admin 'user=admin;pass=-;'")
          .asException();
    }
    require(identities, name);
    identities.removeUser(name);
    act.record(identities, "user remove", name, "");
  }

  /**
   * @throws org.prontodb.model.ProntoException with kind NOT_FOUND if there is no such user
   */
  public static User require(Identities identities, String name) {
    return identities
        .user(name)
        .orElseThrow(
            () ->
                Problem.of(
                        Kind.NOT_FOUND,
                        "there is no user \"" + Text.visible(name) + "\"",
                        "prontodb admin user list shows who there is")
                    .asException());
  }
}
