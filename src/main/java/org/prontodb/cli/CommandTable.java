package org.prontodb.cli;

import java.util.List;
import java.util.Set;

/**
 * The commands. Parser, help, documentation and completion all read this table.
 *
 * <p>A new command is a class, a line in {@link #named} and its name in {@link #SECTIONS}. The two
 * are apart so that running one command loads no class of the others: that is a good part of a
 * start. A test holds them together.
 */
final class CommandTable {

  /** Commands that belong together, in the order in which help lists them. */
  record Section(String title, List<String> names) {}

  static final List<Section> SECTIONS =
      List.of(
          new Section(
              "Records",
              List.of(
                  "set", "get", "exists", "del", "copy", "move", "incr", "keys", "ls", "scan",
                  "count")),
          new Section("Loads", List.of("stream", "import", "export", "convert", "log")),
          new Section("Files", List.of("export-fs", "import-fs")),
          new Section("Caches", List.of("ttl", "touch")),
          new Section("Discovery", List.of("projects", "namespaces", "nss")),
          new Section(
              "Administration",
              List.of(
                  "admin create-cache",
                  "admin set-cache",
                  "admin drop-cache",
                  "admin drop-ns",
                  "admin set-ns",
                  "admin purge",
                  "admin vacuum",
                  "check")),
          new Section("Safety copies", List.of("backup", "restore")),
          new Section(
              "Identities",
              List.of(
                  "admin",
                  "admin user list",
                  "admin user remove",
                  "admin apikey create",
                  "admin apikey list",
                  "admin apikey revoke",
                  "admin grant",
                  "admin revoke",
                  "proto auth",
                  "proto whoami",
                  "proto revoke")),
          new Section("Server", List.of("serve")),
          new Section("The program itself", List.of("install", "uninstall")),
          new Section("Help", List.of("config", "capabilities", "completion", "version", "help")));

  private static final Set<String> GROUPS = Set.of("admin", "admin user", "admin apikey", "proto");

  /**
   * What the native binary hands over to the JVM image beside it: a server runs long, and what
   * installs the program copies that image.
   */
  private static final Set<String> ON_JVM = Set.of("serve", "install", "uninstall");

  private CommandTable() {}

  /**
   * The command of this name.
   *
   * @param name one word, or more for the commands of a group: {@code admin user list}
   * @return null if there is none
   */
  static Command named(String name) {
    return switch (name) {
      case "install" -> new InstallCommand();
      case "uninstall" -> new UninstallCommand();
      case "set" -> new SetCommand();
      case "get" -> new GetCommand();
      case "exists" -> new ExistsCommand();
      case "del" -> new DelCommand();
      case "copy" -> TransferCommand.copy();
      case "move" -> TransferCommand.move();
      case "incr" -> new IncrCommand();
      case "count" -> new CountCommand();
      case "keys", "ls" -> ListCommand.keys();
      case "scan" -> ListCommand.scan();
      case "stream" -> new StreamCommand();
      case "import" -> new ImportCommand();
      case "export" -> new ExportCommand();
      case "convert" -> new ConvertCommand();
      case "export-fs" -> new ExportFsCommand();
      case "import-fs" -> new ImportFsCommand();
      case "log" -> new LogCommand();
      case "ttl" -> new TtlCommand();
      case "touch" -> new TouchCommand();
      case "projects" -> new ProjectsCommand();
      case "namespaces" -> NamespacesCommand.ofProject();
      case "nss" -> NamespacesCommand.all();
      case "admin create-cache" -> AdminCacheCommand.create();
      case "admin set-cache" -> AdminCacheCommand.change();
      case "admin drop-cache" -> AdminDropCommand.dropCache();
      case "admin drop-ns" -> AdminDropCommand.dropNamespace();
      case "admin set-ns" -> new AdminNamespaceCommand();
      case "admin purge" -> new AdminPurgeCommand();
      case "admin vacuum" -> new AdminVacuumCommand();
      case "admin" -> new AdminCommand();
      case "admin user list" -> new AdminUserListCommand();
      case "admin user remove" -> new AdminUserRemoveCommand();
      case "admin apikey create" -> new AdminApiKeyCreateCommand();
      case "admin apikey list" -> new AdminApiKeyListCommand();
      case "admin apikey revoke" -> new AdminApiKeyRevokeCommand();
      case "admin grant" -> new AdminGrantCommand();
      case "admin revoke" -> new AdminRevokeCommand();
      case "proto auth" -> new ProtoAuthCommand();
      case "proto whoami" -> new ProtoWhoamiCommand();
      case "proto revoke" -> new ProtoRevokeCommand();
      case "serve" -> new ServeCommand();
      case "backup" -> new BackupCommand();
      case "restore" -> new RestoreCommand();
      case "check" -> new CheckCommand();
      case "completion" -> new CompletionCommand();
      case "config" -> new ConfigCommand();
      case "capabilities" -> new CapabilitiesCommand();
      case "version" -> new VersionCommand();
      case "help" -> new HelpCommand();
      default -> null;
    };
  }

  /** The names of all commands. */
  static List<String> names() {
    return SECTIONS.stream().flatMap(section -> section.names().stream()).toList();
  }

  /** The commands of a group; of {@code admin}, those of {@code admin user}, too. */
  static List<String> namesIn(String group) {
    return names().stream().filter(name -> name.startsWith(group + " ")).toList();
  }

  /** Whether a word behind {@code name} may belong to the command's name. */
  static boolean isGroup(String name) {
    return GROUPS.contains(name);
  }

  /**
   * The words that may follow the beginning of a command's name, in the order of help.
   *
   * @param begun empty for the first word
   */
  static List<String> wordsAfter(String begun) {
    String start = begun.isEmpty() ? "" : begun + " ";
    return names().stream()
        .filter(name -> name.startsWith(start))
        .map(name -> name.substring(start.length()).split(" ")[0])
        .distinct()
        .toList();
  }

  /** Whether the JVM image runs this command also where there is a native binary. */
  static boolean isForJvm(String name) {
    return ON_JVM.contains(name);
  }
}
