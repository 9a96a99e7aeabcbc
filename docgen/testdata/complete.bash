# Completion of toy for bash. Load it with: source FILE

_toy_flags() { # the flags of a subcommand
	case $1 in
	'serve')
		flags=(--help)
		options=1
		words=()
		;;
	'config check')
		flags=(--help '--format' '--env-file' '--strict')
		options=1
		words=()
		;;
	'config show')
		flags=(--help)
		options=
		words=()
		;;
	'completion')
		flags=(--help)
		options=
		words=('bash' 'zsh' )
		;;
	esac
	if [[ $options ]]; then
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
	fi
}

_toy_value() { # what may follow a flag of a subcommand
	kind= list= takes= words=()
	case "$1 $2" in
	'config check --format') kind=words takes=1 words=('text' 'json' ); return ;;
	'config check --env-file') kind=file takes=1 words=(); return ;;
	'config check --strict') kind=text takes= words=(); return ;;
	esac
	[[ $options ]] || return 0
	case $2 in
	'--config' | '-c') kind=file takes=1 list= words=() ;;
	'--workers' | '-w') kind=text takes=1 list= words=() ;;
	'--wait') kind=duration takes=1 list= words=('1m30s' '2h' '30s' '5m' '1h' '24h' '7d' ) ;;
	'--key') kind=text takes=1 list= words=() ;;
	'--key-file') kind=file takes=1 list= words=() ;;
	'--token') kind=text takes=1 list= words=() ;;
	'--token-file') kind=file takes=1 list= words=() ;;
	'--cache-dir') kind=dir takes=1 list= words=() ;;
	'--version-name') kind=text takes=1 list= words=() ;;
	'--banner') kind=text takes=1 list= words=() ;;
	'--url') kind=text takes=1 list= words=() ;;
	'--http-address') kind=text takes=1 list= words=() ;;
	'--a-name-that-is-longer-than-any-narrow-line') kind=text takes=1 list=1 words=() ;;
	'--tls-enable') kind=bool takes= list= words=('true' 'false' ) ;;
	'--tls-address') kind=text takes=1 list= words=() ;;
	'--tls-methods') kind=words takes=1 list=1 words=('certificate' 'password' 'token' 'one-time-code' ) ;;
	'--reset') kind=bool takes= list= words=('true' 'false' ) ;;
	'--accounts') kind=text takes=1 list= words=() ;;
	esac
}

_toy() {
	local cur path= flag= i word kind= list= takes= options= front= words=() flags=()
	COMPREPLY=()
	# Bash parts words at "=" and ":"; here they are whole again, up to the cursor.
	local line=() w
	for ((i = 1; i <= COMP_CWORD; i++)); do
		w=${COMP_WORDS[i]}
		if ((i > 1)) && [[ $w == [=:]* && ${line[-1]} == --* ]]; then
			line[-1]+=$w
		elif ((i > 1)) && [[ ${line[-1]} == --*[=:] && ( $w != -* || ${line[-1]} == *: ) ]]; then
			line[-1]+=$w
		else
			line+=("$w")
		fi
	done
	cur=${line[-1]}
	unset 'line[-1]'

	for word in ${line[@]+"${line[@]}"}; do
		case "${path:+$path }$word" in
		'config') path='config' ;;
		'serve') path='serve' ;;
		'config check') path='config check' ;;
		'config show') path='config show' ;;
		'completion') path='completion' ;;
		*) break ;;
		esac
	done

	case $path in
	'') words=('serve' 'config' 'completion' ) ;;
	'config') words=('check' 'show' ) ;;
	*)
		_toy_flags "$path"
		if [[ $cur == --*=* ]]; then
			flag=${cur%%=*} cur=${cur#*=}
			_toy_value "$path" "$flag"
			[[ $COMP_WORDBREAKS == *=* ]] || front=$flag=
		elif ((${#line[@]})) && [[ ${line[-1]} == -* && ${line[-1]} != *=* ]]; then
			_toy_value "$path" "${line[-1]}"
			[[ $takes ]] || kind=
		fi
		if [[ ! $kind ]]; then
			_toy_flags "$path"
			[[ $cur == -* ]] && words=("${flags[@]}")
		fi
		;;
	esac

	case $kind in
	file | dir)
		compopt -o filenames 2>/dev/null
		local only=-f
		[[ $kind == dir ]] && only=-d
		while IFS= read -r word; do COMPREPLY+=("$front$word"); done < <(compgen $only -- "$cur")
		return
		;;
	duration)
		if [[ $cur =~ [0-9]$ ]]; then
			words=("$cur"{ms,s,m,h,d,w})
			compopt -o nospace 2>/dev/null
		fi
		;;
	esac
	if [[ $list && $cur == *,* ]]; then
		front+=${cur%,*},
		cur=${cur##*,}
	fi
	local quoted
	for word in ${words[@]+"${words[@]}"}; do
		quoted=$word
		[[ $word == *[!A-Za-z0-9_.,/=@%+-]* ]] && printf -v quoted %q "$word"
		[[ $word == "$cur"* || $quoted == "$cur"* ]] || continue
		COMPREPLY+=("$front$quoted")
	done
}

complete -F _toy 'toy'
