package org.prontodb.cli;

/**
 * What makes a shell complete the command lines of prontodb: each asks {@code prontodb completion
 * SHELL -- …} at every Tab, whose answer is a {@link Completion.Kind} on the first line and then a
 * candidate a line.
 */
final class CompletionScripts {
  static final String BASH =
      """
      # bash completion of prontodb, made by: prontodb completion bash
      _prontodb() {
        local program=${COMP_WORDS[0]/#\\~/$HOME} kind= word
        type -P "$program" >/dev/null || program=prontodb
        COMPREPLY=()
        {
          IFS= read -r kind
          while IFS= read -r word; do COMPREPLY+=("$word"); done
        } < <(command "$program" completion bash -- \\
          "${COMP_LINE:0:COMP_POINT}" "$COMP_WORDBREAKS" 2>/dev/null </dev/null)
        case $kind in
          beginnings) compopt -o nospace 2>/dev/null ;;
          files) compopt -o bashdefault -o default 2>/dev/null ;;
        esac
      }
      complete -F _prontodb prontodb
      """;

  static final String ZSH =
      """
      #compdef prontodb
      # zsh completion of prontodb, made by: prontodb completion zsh
      _prontodb() {
        local program=${${(Q)words[1]}/#\\~/$HOME} kind line described=
        local -a answer candidates shown
        whence -p -- "$program" >/dev/null || program=prontodb
        answer=("${(@f)$(command $program completion zsh -- \\
          "${(@Q)words[2,CURRENT-1]}" "${(Q)PREFIX}" 2>/dev/null </dev/null)}")
        kind=${answer[1]}
        for line in "${(@)answer[2,-1]}"; do
          candidates+=("${line%%$'\\t'*}")
          shown+=("${line/$'\\t'/  -- }")
          [[ $line == *$'\\t'* ]] && described=1
        done
        if [[ $kind == files ]]; then
          [[ $PREFIX == -*=* ]] && compset -P '*='
          _files
          return
        fi
        local -a options
        [[ $kind == beginnings ]] && options+=(-S '')
        [[ -n $described ]] && options+=(-l -d shown)
        (( $#candidates )) && compadd "${options[@]}" -a candidates
      }
      if [[ ${funcstack[1]} == _prontodb ]]; then
        _prontodb "$@" # autoloaded: this file is the function's body at the first Tab
      else
        compdef _prontodb prontodb
      fi
      """;

  static final String FISH =
      """
      # fish completion of prontodb, made by: prontodb completion fish
      function __prontodb_candidates
        set -l words (commandline -opc)
        set -l raw (commandline -ct)
        # A word that is not finished may lack its closing quote.
        set -l current (string unescape -- "$raw"; or string unescape -- "$raw'"; or string unescape -- "$raw\\"")
        set -l program (string replace -r '^~/' "$HOME/" -- $words[1])
        type -q -- $program; or set program prontodb
        set -l answer (command $program completion fish -- $words[2..] "$current" 2>/dev/null </dev/null)
        if test "$answer[1]" = files
          __fish_complete_path "$current"
        else
          string join \\n -- $answer[2..]
        end
      end
      complete -c prontodb -f -a '(__prontodb_candidates)'
      """;

  private CompletionScripts() {}
}
