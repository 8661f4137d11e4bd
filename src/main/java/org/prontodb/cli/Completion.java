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
  /** Which words may follow the beginning of a command's name, the empty beginning first. */
  private final Map<String, Set<String>> next = new LinkedHashMap<>();

  Completion() {
    for (String name : CommandTable.names()) {
      String begun = "";
      for (String word : name.split(" ")) {
        next.computeIfAbsent(begun, key -> new LinkedHashSet<>()).add(word);
        begun = begun.isEmpty() ? word : begun + " " + word;
      }
    }
  }

  String bash() {
    return """
        # bash completion of prontodb, made by: prontodb completion bash
        _prontodb() {
          local word=${COMP_WORDS[COMP_CWORD]} name= words= i
          for ((i = 1; i < COMP_CWORD; i++)); do
            case ${COMP_WORDS[i]} in
              %s) ((i++)) ;;
              -*) ;;
              *)
                name="${name:+$name }${COMP_WORDS[i]}"
                case $name in
                  %s) ;;
                  *) break ;;
                esac
                ;;
            esac
          done
          case $name in
        %s  esac
          [[ $word == -* ]] && words+=' %s'
          COMPREPLY=($(compgen -W "$words" -- "$word"))
        }
        complete -o default -F _prontodb prontodb
        """
        .formatted(withParameter(), groups(), cases(), names(GlobalOptions.ALL));
  }

  String zsh() {
    return """
        #compdef prontodb
        # zsh completion of prontodb, made by: prontodb completion zsh
        _prontodb() {
          local name= candidates= i
          for ((i = 2; i < CURRENT; i++)); do
            case ${words[i]} in
              %s) ((i++)) ;;
              -*) ;;
              *)
                name="${name:+$name }${words[i]}"
                case $name in
                  %s) ;;
                  *) break ;;
                esac
                ;;
            esac
          done
          case $name in
        %s  esac
          [[ ${words[CURRENT]} == -* ]] && candidates+=' %s'
          compadd -- ${=candidates}
          _files
        }
        compdef _prontodb prontodb
        """
        .formatted(
            withParameter(),
            groups(),
            cases().replace(" words=", " candidates="),
            names(GlobalOptions.ALL));
  }

  String fish() {
    StringBuilder script =
        new StringBuilder(
            """
            # fish completion of prontodb, made by: prontodb completion fish
            function __prontodb_after
              set -l words (string match -v -- '-*' (commandline -opc)[2..])
              test "$words" = "$argv[1]"
            end
            function __prontodb_runs
              set -l words (string match -v -- '-*' (commandline -opc)[2..])
              string match -q -- "$argv[1]*" "$words"
            end
            """);
    next.forEach(
        (begun, words) ->
            script.append(
                "complete -c prontodb -n '__prontodb_after \"%s\"' -a '%s'\n"
                    .formatted(begun, String.join(" ", words))));
    GlobalOptions.ALL.forEach(option -> script.append(fish("", option)));
    for (String name : CommandTable.names()) {
      for (Option option : CommandTable.named(name).form().options()) {
        script.append(fish(" -n '__prontodb_runs \"" + name + "\"'", option));
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
        .append(" -d '")
        .append(option.help().replace("\\", "\\\\").replace("'", "\\'"))
        .append("'\n")
        .toString();
  }

  /** For each beginning of a name and each name, what may follow, as the cases of a shell. */
  private String cases() {
    Map<String, String> following = new LinkedHashMap<>();
    next.forEach((begun, words) -> following.put(begun, String.join(" ", words)));
    for (String name : CommandTable.names()) {
      String options = names(CommandTable.named(name).form().options());
      following.merge(name, options, (words, more) -> (words + " " + more).strip());
    }
    StringBuilder cases = new StringBuilder();
    following.forEach(
        (name, words) -> {
          if (!words.isEmpty()) {
            cases.append("    '%s') words='%s' ;;\n".formatted(name, words));
          }
        });
    return cases.toString();
  }

  /** The beginnings of names as a pattern of the shell. */
  private String groups() {
    return next.keySet().stream()
        .filter(begun -> !begun.isEmpty())
        .map(begun -> "'" + begun + "'")
        .collect(Collectors.joining(" | "));
  }

  private static String withParameter() {
    return GlobalOptions.ALL.stream()
        .filter(Option::takesParameter)
        .flatMap(option -> option.names().stream())
        .collect(Collectors.joining(" | "));
  }

  private static String names(List<Option> options) {
    return options.stream()
        .flatMap(option -> option.names().stream())
        .collect(Collectors.joining(" "));
  }
}
