package org.prontodb.cli;

import java.util.List;
import java.util.stream.Collectors;
import org.prontodb.app.Accounts.Account;
import org.prontodb.auth.Access;
import org.prontodb.auth.Pattern;
import org.prontodb.json.JsonWriter;
import org.prontodb.model.ByteBuilder;
import org.prontodb.model.Delimiter;
import org.prontodb.store.Identities;
import org.prontodb.store.Identities.Grant;

/** {@code prontodb admin user list}. */
final class AdminUserListCommand implements Command {

  @Override
  public Form form() {
    return Form.of("list the users and what they may do")
        .details(
            "A line for each: name, whether the password is the default or was set, and the"
                + " grants, as in \"rw kb.*, ro shop.orders\"; tab-separated. -q prints the names"
                + " alone.")
        .example("prontodb admin user list");
  }

  @Override
  public ExitCode run(Invocation call) {
    Delimiter delimiter = call.configuration().delimiter();
    ByteBuilder line = new ByteBuilder(256);
    for (Account account : call.accounts().users()) {
      if (call.has(GlobalOptions.JSON)) {
        appendJson(account, delimiter, new JsonWriter(line));
        call.out().write(line.array(), 0, line.length());
        line.setLength(0);
      } else {
        String name = account.user().name();
        call.out().line(call.has(GlobalOptions.QUIET) ? name : text(account, delimiter));
      }
    }
    return ExitCode.DONE;
  }

  private static String text(Account account, Delimiter delimiter) {
    String name = account.user().name();
    String grants =
        grants(account).stream()
            .map(grant -> access(grant) + " " + Pattern.of(grant).text(delimiter))
            .collect(Collectors.joining(", "));
    return String.join("\t", name, password(account), grants);
  }

  private static void appendJson(Account account, Delimiter delimiter, JsonWriter json) {
    json.begin()
        .field("user", account.user().name())
        .field("password", password(account))
        .beginArray("grants");
    for (Grant grant : grants(account)) {
      json.begin()
          .field("access", access(grant))
          .field("pattern", Pattern.of(grant).text(delimiter))
          .field("project", grant.project())
          .field("namespace", grant.namespace())
          .end();
    }
    json.endArray().endLine();
  }

  /** {@code admin} is given none and may do all. */
  private static List<Grant> grants(Account account) {
    String name = account.user().name();
    return name.equals(Identities.ADMIN)
        ? List.of(new Grant(name, null, null, true))
        : account.grants();
  }

  private static String password(Account account) {
    return account.user().password() == null ? "default" : "set";
  }

  private static String access(Grant grant) {
    return (grant.write() ? Access.WRITE : Access.READ).word();
  }
}
