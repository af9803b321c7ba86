# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# Completion for bash. What may stand at the cursor is said by the program that is installed.

# The words up to the cursor, as the program gets them: bash also cuts at = and :.
_virt_hotplug_words() {
    local i word space rest=${COMP_LINE#*"${COMP_WORDS[0]}"}
    words=()
    for ((i = 1; i <= COMP_CWORD; i++)); do
        word=${COMP_WORDS[i]}
        space=${rest%%[![:space:]]*}
        rest=${rest#"$space$word"}
        if [[ -z $space && ${#words[@]} -gt 0 ]]; then
            words[${#words[@]} - 1]+=$word
        else
            words+=("$word")
        fi
    done
    for i in "${!words[@]}"; do
        words[i]=${words[i]//[\\\"\']/}
    done
}

_virt_hotplug() {
    local words word cut='' line
    local -a lines
    _virt_hotplug_words
    word=${words[${#words[@]} - 1]}
    mapfile -t lines < <("$1" --complete "${words[@]}" 2>/dev/null)
    # What stands before the last = or : is not replaced.
    [[ $word != *[=:]* ]] || cut=${word%"${word##*[=:]}"}
    if [[ ${lines[0]} == files ]]; then
        mapfile -t COMPREPLY < <(compgen -f -- "${word#"$cut"}")
        compopt -o filenames
        return
    fi
    COMPREPLY=()
    for line in "${lines[@]:1}"; do
        line=${line%%$'\t'*}
        [[ $line != "$word"* ]] || COMPREPLY+=("${line#"$cut"}")
    done
    # After --option= the value follows.
    [[ ${#COMPREPLY[@]} -ne 1 || ${COMPREPLY[0]} != *= ]] || compopt -o nospace
    [[ ${#COMPREPLY[@]} -ne 1 ]] || COMPREPLY[0]=$(printf %q "${COMPREPLY[0]}")
}

complete -F _virt_hotplug virt-hotplug
