#compdef toy
# Completion of toy for zsh. Keep it as _toy in a folder of $fpath.

_toy_value() { # what may follow a flag of a subcommand
	kind= list= takes= choices=()
	case "$1 $2" in
	'config check --format') kind=words takes=1 choices=('text' 'json' ); return ;;
	'config check --env-file') kind=file takes=1 choices=(); return ;;
	'config check --strict') kind=text takes= choices=(); return ;;
	esac
	[[ -n $options_too ]] || return 0
	case $2 in
	'--config' | '-c') kind=file takes=1 list= choices=() ;;
	'--workers' | '-w') kind=text takes=1 list= choices=() ;;
	'--wait') kind=duration takes=1 list= choices=('1m30s' '2h' '30s' '5m' '1h' '24h' '7d' ) ;;
	'--key') kind=text takes=1 list= choices=() ;;
	'--key-file') kind=file takes=1 list= choices=() ;;
	'--token') kind=text takes=1 list= choices=() ;;
	'--token-file') kind=file takes=1 list= choices=() ;;
	'--cache-dir') kind=dir takes=1 list= choices=() ;;
	'--version-name') kind=text takes=1 list= choices=() ;;
	'--banner') kind=text takes=1 list= choices=() ;;
	'--url') kind=text takes=1 list= choices=() ;;
	'--http-address') kind=text takes=1 list= choices=() ;;
	'--a-name-that-is-longer-than-any-narrow-line') kind=text takes=1 list=1 choices=() ;;
	'--tls-enable') kind=bool takes= list= choices=('true' 'false' ) ;;
	'--tls-address') kind=text takes=1 list= choices=() ;;
	'--tls-methods') kind=words takes=1 list=1 choices=('certificate' 'password' 'token' 'one-time-code' ) ;;
	'--reset') kind=bool takes= list= choices=('true' 'false' ) ;;
	'--accounts') kind=text takes=1 list= choices=() ;;
	esac
}

_toy() {
	local path_of= flag word kind= list= takes= options_too= cur=$PREFIX
	local -a choices shown flags front
	integer i
	for ((i = 2; i < CURRENT; i++)); do
		case "${path_of:+$path_of }${words[i]}" in
		'config') path_of='config' ;;
		'serve') path_of='serve' ;;
		'config check') path_of='config check' ;;
		'config show') path_of='config show' ;;
		'completion') path_of='completion' ;;
		*) break ;;
		esac
	done

	case $path_of in
	'')
		choices=('serve' 'config' 'completion' )
		shown=('serve  -- serve the toy, it'\''s fun' 'config  -- ' 'completion  -- print a script' )
		compadd -l -d shown -- $choices
		return
		;;
	'config')
		choices=('check' 'show' )
		shown=('check  -- check the file' 'show  -- show what is' )
		compadd -l -d shown -- $choices
		return
		;;
	'serve')
		options_too=1
		flags=(--help)
		shown=('--help  -- Print help')
		choices=()
		;;
	'config check')
		options_too=1
		flags=(--help '--format' '--env-file' '--strict')
		shown=('--help  -- Print help' '--format  -- How to print' '--env-file  -- Variables' '--strict  -- Be strict')
		choices=()
		;;
	'config show')
		options_too=
		flags=(--help)
		shown=('--help  -- Print help')
		choices=()
		;;
	'completion')
		options_too=
		flags=(--help)
		shown=('--help  -- Print help')
		choices=('bash' 'zsh' )
		;;
	esac

	if [[ $cur == --*=* ]]; then
		flag=${cur%%=*}
		_toy_value "$path_of" "$flag"
		compset -P 1 '*='
	elif [[ ${words[CURRENT-1]} == -* && ${words[CURRENT-1]} != *=* ]]; then
		word=$choices
		_toy_value "$path_of" "${words[CURRENT-1]}"
		[[ -n $takes ]] || kind=
	fi
	case $kind in
	file) _files; return ;;
	dir) _files -/; return ;;
	duration) [[ $PREFIX == *[0-9] ]] && choices=($PREFIX{ms,s,m,h,d,w}) ;;
	words | bool) [[ -n $list ]] && compset -P '*,' ;;
	text) return 0 ;;
	*)
		if [[ $cur != -* ]]; then
			(($#choices)) && compadd -- $choices
			return
		fi
		if [[ -n $options_too ]]; then
			flags+=(
				'--config' '-c' 
				'--workers' '-w' 
				'--wait' 
				'--key' 
				'--key-file' 
				'--token' 
				'--token-file' 
				'--cache-dir' 
				'--version-name' 
				'--banner' 
				'--url' 
				'--http-address' 
				'--a-name-that-is-longer-than-any-narrow-line' 
				'--tls-enable' 
				'--tls-address' 
				'--tls-methods' 
				'--reset' 
				'--accounts' 
			)
			shown+=(
				'--config  -- File to read the configuration from' '-c  -- File to read the configuration from' 
				'--workers  -- Number of jobs done at once' '-w  -- Number of jobs done at once' 
				'--wait  -- Time between two tries of a job that failed' 
				'--key  -- Key of the store' 
				'--key-file  -- File with the value of --key' 
				'--token  -- Token of the store' 
				'--token-file  -- File with the value of --token' 
				'--cache-dir  -- Folder for what can be made again' 
				'--version-name  -- Name that the program goes by' 
				'--banner  -- Line shown at the start\a' 
				'--url  -- Address of the program as seen from outside' 
				'--http-address  -- Address to answer HTTP on' 
				'--a-name-that-is-longer-than-any-narrow-line  -- Programs to talk to' 
				'--tls-enable  -- Speak TLS on --tls-address' 
				'--tls-address  -- Address to answer TLS on' 
				'--tls-methods  -- Ways to sign in' 
				'--reset  -- ⚠️ Forget everything, 全部。' 
				'--accounts  -- Accounts to keep' 
			)
		fi
		compadd -l -d shown -- $flags
		return
		;;
	esac
	compadd -- $choices
}

if [[ $funcstack[1] == _toy ]]; then
	_toy "$@"
else
	compdef _toy toy
fi
