# Completion of toy for fish. Keep it as ~/.config/fish/completions/toy.fish

# The words in front of the cursor that are no flags, as far as they name subcommands.
function __toy_at
    set -l words
    for word in (commandline -opc)[2..-1]
        string match -q -- '-*' $word; and break
        set -a words $word
    end
    set -l path (string join ' ' -- $words)
    for command in $argv
        test "$path" = "$command"; and return 0
        test -n "$command"; and string match -q -- "$command *" "$path"; and return 0
    end
    return 1
end

# What is typed of a value, behind the "=" if there is one.
function __toy_typed
    commandline -ct | string replace -r -- '^--[^=]*=' ''
end

# The items of a list: what stands in front of the last comma stays.
function __toy_items
    set -l front (__toy_typed | string match -r -- '.*,')
    printf '%s\n' "$front"$argv
end

# Durations: behind a digit, the units.
function __toy_durations
    set -l typed (__toy_typed)
    if string match -qr -- '[0-9]$' "$typed"
        printf '%s\n' $typed{ms,s,m,h,d,w}
    else
        printf '%s\n' $argv
    end
end

complete -c 'toy' -f
complete -c 'toy' -n '__toy_at \'\'; and test (count (commandline -opc)) -eq (count x )' -a 'serve' -d 'serve the toy, it\'s fun'
complete -c 'toy' -n '__toy_at \'\'; and test (count (commandline -opc)) -eq (count x )' -a 'config' -d ''
complete -c 'toy' -n '__toy_at \'\'; and test (count (commandline -opc)) -eq (count x )' -a 'completion' -d 'print a script'
complete -c 'toy' -n '__toy_at \'config\'; and test (count (commandline -opc)) -eq (count x config)' -a 'check' -d 'check the file'
complete -c 'toy' -n '__toy_at \'config\'; and test (count (commandline -opc)) -eq (count x config)' -a 'show' -d 'show what is'
complete -c 'toy' -n '__toy_at \'serve\'' -l help -d 'Print help'
complete -c 'toy' -n '__toy_at \'config check\'' -l help -d 'Print help'
complete -c 'toy' -n '__toy_at \'config check\'' -l 'format' -d 'How to print' -x -ka 'text json'
complete -c 'toy' -n '__toy_at \'config check\'' -l 'env-file' -d 'Variables' -rF
complete -c 'toy' -n '__toy_at \'config check\'' -l 'strict' -d 'Be strict'
complete -c 'toy' -n '__toy_at \'config show\'' -l help -d 'Print help'
complete -c 'toy' -n '__toy_at \'completion\'' -l help -d 'Print help'
complete -c 'toy' -n '__toy_at \'completion\'' -a 'bash'
complete -c 'toy' -n '__toy_at \'completion\'' -a 'zsh'

# The options.
complete -c 'toy' -n '__toy_at "serve" "config check"' -s c -l 'config' -d 'File to read the configuration from' -rF
complete -c 'toy' -n '__toy_at "serve" "config check"' -s w -l 'workers' -d 'Number of jobs done at once' -x
complete -c 'toy' -n '__toy_at "serve" "config check"' -l 'wait' -d 'Time between two tries of a job that failed' -kxa '(__toy_durations 1m30s 2h 30s 5m 1h 24h 7d)'
complete -c 'toy' -n '__toy_at "serve" "config check"' -l 'key' -d 'Key of the store' -x
complete -c 'toy' -n '__toy_at "serve" "config check"' -l 'key-file' -d 'File with the value of --key' -rF
complete -c 'toy' -n '__toy_at "serve" "config check"' -l 'token' -d 'Token of the store' -x
complete -c 'toy' -n '__toy_at "serve" "config check"' -l 'token-file' -d 'File with the value of --token' -rF
complete -c 'toy' -n '__toy_at "serve" "config check"' -l 'cache-dir' -d 'Folder for what can be made again' -xa '(__fish_complete_directories)'
complete -c 'toy' -n '__toy_at "serve" "config check"' -l 'version-name' -d 'Name that the program goes by' -x
complete -c 'toy' -n '__toy_at "serve" "config check"' -l 'banner' -d 'Line shown at the start\\a' -x
complete -c 'toy' -n '__toy_at "serve" "config check"' -l 'url' -d 'Address of the program as seen from outside' -x
complete -c 'toy' -n '__toy_at "serve" "config check"' -l 'http-address' -d 'Address to answer HTTP on' -x
complete -c 'toy' -n '__toy_at "serve" "config check"' -l 'a-name-that-is-longer-than-any-narrow-line' -d 'Programs to talk to' -x
complete -c 'toy' -n '__toy_at "serve" "config check"' -l 'tls-enable' -d 'Speak TLS on --tls-address' -ka 'true false'
complete -c 'toy' -n '__toy_at "serve" "config check"' -l 'tls-address' -d 'Address to answer TLS on' -x
complete -c 'toy' -n '__toy_at "serve" "config check"' -l 'tls-methods' -d 'Ways to sign in' -kxa '(__toy_items certificate password token one-time-code)'
complete -c 'toy' -n '__toy_at "serve" "config check"' -l 'reset' -d '⚠️ Forget everything, 全部。' -ka 'true false'
complete -c 'toy' -n '__toy_at "serve" "config check"' -l 'accounts' -d 'Accounts to keep' -x
