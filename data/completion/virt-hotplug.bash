# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# Completion for bash. Commands, options and their words are read from --help, so that they are
# those of the program that is installed.

_virt_hotplug_commands() {
    "$1" --help 2>/dev/null | awk '/^Commands:/ { on = 1; next } !/^ / { on = 0 } on { print $1 }'
}

# The value an option takes, as --help shows it: FILE, on|off|default, … ; nothing for a flag.
_virt_hotplug_value() {
    "$1" ${2:+"$2"} --help 2>/dev/null | awk -v option="$3" '
        match($0, /^ +(-., )?--[a-z-]+=[^ ]+/) {
            equal = index($0, "=")
            if (substr($0, 1, equal - 1) ~ "(^| )" option "(,|$)")
                print substr($0, equal + 1, RLENGTH - equal)
        }'
}

_virt_hotplug_domains() {
    command -v virsh >/dev/null || return
    virsh ${1:+--connect "$1"} --readonly --quiet list --all --name 2>/dev/null
}

# Sets `command` and `uri` from the words before the cursor.
_virt_hotplug_scan() {
    local i
    for ((i = 1; i < COMP_CWORD; i++)); do
        case ${COMP_WORDS[i]} in
            -c | --connect) uri=${COMP_WORDS[i + 1]} ;;
            -*) ;;
            *)
                [[ -z $command && " $commands " == *" ${COMP_WORDS[i]} "* ]] &&
                    command=${COMP_WORDS[i]}
                ;;
        esac
    done
}

_virt_hotplug() {
    local program=$1 word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}
    local command='' uri='' option='' value='' commands
    commands=$(_virt_hotplug_commands "$program" | tr '\n' ' ')
    _virt_hotplug_scan
    # Where = breaks words, it is one of its own: --root = of
    if [[ $word == = ]]; then
        option=$before word=''
    elif [[ $before == = ]]; then
        option=${COMP_WORDS[COMP_CWORD - 2]}
    elif [[ $before == -* ]]; then
        option=$before
    fi
    [[ -z $option ]] || value=$(_virt_hotplug_value "$program" "$command" "$option")
    case $value in
        FILE | PATH) mapfile -t COMPREPLY < <(compgen -f -- "$word") ;;
        *\|*) mapfile -t COMPREPLY < <(compgen -W "${value//|/ }" -- "$word") ;;
        ?*) ;;
        *) _virt_hotplug_plain ;;
    esac
}

# No value is wanted here: options, commands, domains, files.
_virt_hotplug_plain() {
    local words
    if [[ $word == -* ]]; then
        words=$("$program" ${command:+"$command"} --help 2>/dev/null | grep -o -e '--[a-z][a-z-]*')
        mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")
        return
    fi
    words=$(_virt_hotplug_domains "$uri")
    [[ -n $command ]] || words+=" $commands"
    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word"; compgen -f -- "$word")
}

complete -o filenames -F _virt_hotplug virt-hotplug
