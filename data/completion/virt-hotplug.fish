# SPDX-License-Identifier: GPL-2.0-or-later
# Completion for fish. What may stand at the cursor is said by the program that is installed.

function __virt_hotplug_complete
    set -l before (commandline --cut-at-cursor --current-process --tokenize)
    set -l word (commandline --cut-at-cursor --current-token)
    set -l lines (command $before[1] --complete $before[2..-1] "$word" 2>/dev/null)
    if test "$lines[1]" = files
        set -l option (string match --regex -- '^--[a-z-]+=' $word)
        for path in (__fish_complete_path (string replace --regex -- '^--[a-z-]+=' '' $word))
            printf '%s%s\n' "$option" $path
        end
        return
    end
    printf '%s\n' $lines[2..-1]
end

complete --command virt-hotplug --no-files --arguments '(__virt_hotplug_complete)'
