package option

func flagName(s string) bool {
	for i := range len(s) {
		switch c := s[i]; {
		case c >= 'a' && c <= 'z':
		case i == 0:
			return false
		case c >= '0' && c <= '9':
		case c != '-' || s[i-1] == '-' || i == len(s)-1:
			return false
		}
	}
	return s != ""
}

func envName(s string) bool {
	for i := range len(s) {
		switch c := s[i]; {
		case c >= 'A' && c <= 'Z' || c == '_':
		case c < '0' || c > '9' || i == 0:
			return false
		}
	}
	return true
}

func letter(s string) bool {
	return len(s) == 1 && (s[0] >= 'a' && s[0] <= 'z' || s[0] >= 'A' && s[0] <= 'Z')
}
