#compdef virt-hotplug
# SPDX-License-Identifier: GPL-2.0-or-later
# Completion for zsh. What may stand at the cursor is said by the program that is installed.

_virt_hotplug() {
    local line word
    local -a lines whole open
    lines=("${(@f)$(${(Q)~words[1]} --complete "${(@Q)words[2,CURRENT]}" 2>/dev/null)}")
    if [[ $lines[1] == files ]]; then
        compset -P '--*='
        _files
        return
    fi
    for line in "${(@)lines[2,-1]}"; do
        word=${${line%%$'\t'*}//:/\\:}
        # After --option= the value follows.
        if [[ $word == --*= ]]; then
            open+=("$word:${line#*$'\t'}")
        else
            whole+=("$word:${line#*$'\t'}")
        fi
    done
    _describe -t words 'virt-hotplug' whole -- open -S ''
}

_virt_hotplug "$@"
