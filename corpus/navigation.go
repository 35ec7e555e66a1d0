package corpus

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// sections are the names that news sites give to their parts. One of them may
// also be the item of an article's list, so it takes several.
var sections = setOf(`news|latest|latest news|breaking news|world|world news|uk|us|europe|africa|asia|middle east|americas|international|
	national|local|local news|politics|business|economy|finance|money|markets|sport|sports|football|culture|arts|entertainment|lifestyle|style|
	fashion|travel|food|health|science|tech|technology|environment|climate|education|opinion|editorial|analysis|features|magazine|weather|
	video|videos|live|live tv|tv|radio|podcasts|photos|pictures|gallery|games|puzzles|crosswords|jobs|property|motors|shop|events|obituaries|
	archive|more|all|nachrichten|aktuell|politik|wirtschaft|kultur|wissen|gesundheit|reise|panorama|meinung|wetter|actualités|politique|
	économie|société|monde|sciences|santé|météo|noticias|mundo|economía|deportes|cultura|opinión|política|sociedad|tecnología|cronaca|
	esteri|economia|новости|политика|экономика|общество|спорт|культура|в мире`)

// controls are what only a site has, and no article's list.
var controls = setOf(`home|homepage|menu|search|login|log in|sign in|sign up|register|subscribe|my account|account|newsletters|newsletter|e-paper|epaper|
	about|about us|contact|contact us|help|faq|support us|donate|advertise|advertise with us|careers|privacy|privacy policy|terms|terms of use|
	terms of service|terms and conditions|terms & conditions|cookie policy|cookies|cookie settings|accessibility|sitemap|site map|rss|imprint|legal|
	feedback|startseite|anmelden|abo|impressum|datenschutz|kontakt|agb|suche|accueil|se connecter|s'abonner|mentions légales|inicio|portada|
	iniciar sesión|contacto|aviso legal|accedi|contatti|главная|войти|контакты`)

func setOf(names string) map[string]bool {
	set := map[string]bool{}
	for name := range strings.SplitSeq(names, "|") {
		set[strings.TrimSpace(name)] = true
	}
	return set
}

var (
	between = regexp.MustCompile(`\s*[|•·\t]\s*|\s+[»›>/]\s+`)
	// The way from the home page to an article, which ends in the article's title.
	trail = regexp.MustCompile(`^(?i:home|homepage|startseite|accueil|inicio|главная)\s*[»›>]\s*\S`)
)

const (
	maxEntry = 25  // longest entry of a menu, in runes
	maxMenu  = 800 // longest menu on one line, in bytes
	minEntry = 3   // entries of a menu on one line
	minLines = 4   // of one that has a line for each
)

// isMenu reports whether a line is a site's menu: "Home | News | Sport".
func isMenu(line string) bool {
	if len(line) > maxMenu || strings.Contains(line, "\n") || endsSentence(line) {
		return false
	}
	if trail.MatchString(line) && isShort(line) {
		return true
	}
	entries := between.Split(strings.Trim(line, "|•·»›>/ \t"), -1)
	known, own, ok := menuEntries(entries)
	return ok && len(entries) >= minEntry && known >= 2 && 2*known >= len(entries) && (own > 0 || known == len(entries))
}

// isMenuColumn reports whether lines are the entries of a site's menu.
func isMenuColumn(lines []string) bool {
	known, own, ok := menuEntries(lines)
	return ok && len(lines) >= minLines && 3*known >= 2*len(lines) && own > 0
}

// menuEntries counts the entries that sites have, and those that only sites
// have. It is not ok where one is too long for a menu.
func menuEntries(entries []string) (known, own int, ok bool) {
	for _, e := range entries {
		e = strings.ToLower(strings.TrimSpace(e))
		if utf8.RuneCountInString(e) > maxEntry || endsSentence(e) {
			return 0, 0, false
		}
		if controls[e] {
			own++
		}
		if controls[e] || sections[e] {
			known++
		}
	}
	return known, own, true
}
