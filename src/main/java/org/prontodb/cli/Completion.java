package org.prontodb.cli;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Completion scripts, made from the table of commands. They hold all they need: completing a word
 * starts no prontodb.
 */
final class Completion {
  /** What follows a group: {@code admin} to the second words of its commands, and so on. */
  private final Map<String, Set<String>> groups = new LinkedHashMap<>();

  /** First words. */
  private final Map<String, String> first = new LinkedHashMap<>();

  Completion() {
    for (String name : CommandTable.names()) {
      String[] words = name.split(" ");
      String group = words[0];
      for (int i = 1; i < words.length; i++) {
        groups.computeIfAbsent(group, g -> new LinkedHashSet<>()).add(words[i]);
        group += " " + words[i];
      }
      if (words.length > 1) {
        first.putIfAbsent(words[0], "a group of commands");
      } else {
        first.put(name, CommandTable.named(name).form().summary());
      }
    }
  }

  String bash() {
    return """
        # bash completion of prontodb, made by: prontodb completion bash
        _prontodb() {
          local word=${COMP_WORDS[COMP_CWORD]} name= group= i
          for ((i = 1; i < COMP_CWORD; i++)); do
            case ${COMP_WORDS[i]} in
              %s) ((i++)) ;;
              -*) ;;
              *)
                name="${group:+$group }${COMP_WORDS[i]}"
                case $name in
                  %s) group=$name ;;
                  *) break ;;
                esac
                ;;
            esac
          done
          local words
          case $name in
        %s    '') words='%s' ;;
          esac
          [[ $word == -* ]] && words+=' %s'
          COMPREPLY=($(compgen -W "$words" -- "$word"))
        }
        complete -o default -F _prontodb prontodb
        """
        .formatted(withParameter(), groupPattern(), cases(), names(), globals());
  }

  String zsh() {
    return """
        #compdef prontodb
        # zsh completion of prontodb, made by: prontodb completion zsh
        _prontodb() {
          local name= group= i candidates
          for ((i = 2; i < CURRENT; i++)); do
            case ${words[i]} in
              %s) ((i++)) ;;
              -*) ;;
              *)
                name="${group:+$group }${words[i]}"
                case $name in
                  %s) group=$name ;;
                  *) break ;;
                esac
                ;;
            esac
          done
          case $name in
        %s    '') candidates='%s' ;;
          esac
          [[ ${words[CURRENT]} == -* ]] && candidates+=' %s'
          compadd -- ${=candidates}
          _files
        }
        compdef _prontodb prontodb
        """
        .formatted(
            withParameter(),
            groupPattern(),
            cases().replace("words=", "candidates="),
            names(),
            globals());
  }

  String fish() {
    StringBuilder script = new StringBuilder();
    script.append("# fish completion of prontodb, made by: prontodb completion fish\n");
    first.forEach(
        (word, summary) ->
            script.append(
                "complete -c prontodb -n __fish_use_subcommand -a %s -d %s\n"
                    .formatted(word, quoted(summary))));
    GlobalOptions.ALL.forEach(option -> script.append(fish("", option)));
    groups.forEach(
        (group, words) ->
            script.append(
                "complete -c prontodb -n '__fish_seen_subcommand_from %s' -a '%s'\n"
                    .formatted(lastWord(group), String.join(" ", words))));
    for (String name : CommandTable.names()) {
      String last = lastWord(name);
      for (Option option : CommandTable.named(name).form().options()) {
        script.append(fish(" -n '__fish_seen_subcommand_from " + last + "'", option));
      }
    }
    return script.toString();
  }

  private static String fish(String condition, Option option) {
    StringBuilder line = new StringBuilder("complete -c prontodb").append(condition);
    for (String name : option.names()) {
      line.append(name.startsWith("--") ? " -l " : " -s ").append(name.replaceFirst("^-+", ""));
    }
    return line.append(option.takesParameter() ? " -r" : "")
        .append(" -d ")
        .append(quoted(option.help()))
        .append('\n')
        .toString();
  }

  private String cases() {
    StringBuilder cases = new StringBuilder();
    groups.forEach(
        (group, words) -> {
          String more = CommandTable.named(group) == null ? "" : " " + options(group);
          cases.append(line(group, (String.join(" ", words) + more).strip()));
        });
    for (String name : CommandTable.names()) {
      String options = options(name);
      if (!options.isEmpty() && !groups.containsKey(name)) {
        cases.append(line(name, options));
      }
    }
    return cases.toString();
  }

  private static String line(String name, String words) {
    return "    '%s') words='%s' ;;\n".formatted(name, words);
  }

  private static String options(String name) {
    return names(CommandTable.named(name).form().options());
  }

  private static String names(List<Option> options) {
    return options.stream()
        .flatMap(option -> option.names().stream())
        .collect(Collectors.joining(" "));
  }

  private String names() {
    return String.join(" ", first.keySet());
  }

  private static String globals() {
    return names(GlobalOptions.ALL);
  }

  private static String withParameter() {
    return GlobalOptions.ALL.stream()
        .filter(Option::takesParameter)
        .flatMap(option -> option.names().stream())
        .collect(Collectors.joining("|"));
  }

  private String groupPattern() {
    return String.join("|", groups.keySet()).replace(" ", "\\ ");
  }

  private static String lastWord(String name) {
    return name.substring(name.lastIndexOf(' ') + 1);
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
