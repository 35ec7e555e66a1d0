package corpus

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Words whose full stop does not end a sentence, without the stop. The tables
// are for all languages at once; case matters, so that the Spanish "col" at
// the end of a sentence is no colonel.
var (
	// Something always follows these.
	titleWords = words(`Mr Mrs Ms Mx Dr Drs Prof Rev Fr Msgr Gen Lt Col Sgt Cpl Pvt Capt Cmdr Cdr Adm Maj Brig Sen Rep
		Gov Hon Pres Supt Insp Det St Ste Mt Messrs Mme Mlle MM Mgr Sr Sra Srta Dra Don Ing Lic Arq Dott Sig Avv
		Hr Fr Frl Hrn Dipl Nr Str bzw ca vs e.g i.e cf viz esp approx gegr geb sog Abb Abs
		г-н г-жа проф акад доц им св ул просп пл пос ген полк`)
	// A number follows these, if they are abbreviations at all.
	numberWords = words(`No Nos no nos p pp vol vols Vol fig figs Fig Figs art Art sec Sec ch Ch para Nr nr Núm núm pág
		págs Abb Bd Kap Ziff S Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Mär Okt Dez févr avr juil janv déc
		ene abr ago dic č str str ст стр рис гл п № c ca circa`)
	// A sentence may end with these: the next word decides.
	otherWords = words(`Jr Sr Inc Ltd Co Corp Bros Dept Univ Assn Ave Blvd Rd Ft etc al est Ph.D M.D B.A M.A
		usw usf evtl ggf inkl exkl zzgl zB dh ua Mio Mrd Hrsg Jh Jhd Chr
		г гг в вв т.е т.д т.п др пр н.э тыс млн млрд руб коп см обл
		EE UU Ud Uds aprox tel Tel p.ej J.-C apr`)
	// Verbs that say who spoke, after a question in quotation marks.
	sayingVerbs = words(`said says asked asks added told replied wrote answered shouted cried warned demanded exclaimed
		laughed sighed joked quipped yelled screamed whispered muttered
		sagte fragte rief erklärte demanda dit dijo preguntó disse chiese сказал спросил заявил`)
	// Languages that write an ordinal number with a full stop: "3. Oktober".
	ordinalStop = words(`de da no fi cs sk hu tr hr sr sl pl et lv is`)
)

// starters are words that begin a sentence much more often than they follow an
// abbreviation inside one.
var starters = map[string]map[string]bool{
	"en": words(`The A An He She It They We You I In On At But And So However This That These Those There Then When While
		After Before As For From If His Her Its Their Our My With By To Of Although Though Since During Despite Meanwhile
		Both Some Many Most Other Another Such What Who Where Why How Not No Yet Or Also Later Now Today Under Over Among`),
	"de": words(`Der Die Das Den Dem Des Er Sie Es Ein Eine Einer Eines Einem Einen In Im Am An Auf Bei Beim Nach Dies Diese
		Dieser Dieses Mit Von Vom Zu Zum Zur Für Aus Als Auch Aber Und Oder Doch So Da Dort Hier Wenn Wie Was Wer Ich Wir Ihr
		Sein Seine Ihre Seit Während Durch Über Unter Vor Danach Dann Nachdem Obwohl Jedoch Daher Dabei Damit Man Nicht`),
	"fr": words(`Le La Les L Un Une Des Du De Il Elle Ils Elles On Nous Vous Je Ce Cet Cette Ces En Dans Au Aux À Par Pour
		Sur Mais Et Ou Si Son Sa Ses Leur Leurs Après Avant Comme Quand Lorsque Selon Avec Depuis Bien Ainsi`),
	"es": words(`El La Los Las Lo Un Una Unos Unas Él Ella Ellos Ellas En De Del Al A Y O Pero Si No Su Sus Este Esta Estos
		Estas Ese Esa Por Para Con Como Cuando Según Desde Aunque Después Antes También Se Es Hay Entre Tras Sin`),
	"ro": words(`El Ea Ei Ele În Un O Cel Cea Cei Cele La De Din Pe Pentru Cu Dar Și Acest Această Acesta Aceasta Aceștia
		Conform După Când Deși Dacă Se Nu Ca`),
	"ru": words(`Он Она Оно Они В Во На По С Со К Ко И Но А О Об За Из От До При Для Это Этот Эта Эти Его Её Их Мы Вы Я Как
		Когда Если Так Также Однако После Перед Через Среди Не Уже Потом Затем Тогда Теперь Сегодня Все Всё Был Была Были`),
	"tr": words(`Bu Bir O Ve Ancak Fakat Ama Onun Onlar Daha Sonra Böylece Ayrıca Şu Her İki Bunun Buna Bunlar`),
}

// words returns the set of the words in a list.
func words(list string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(list) {
		set[w] = true
	}
	return set
}

// abbreviated reports whether the full stop that before ends with is that of an
// abbreviation, and after goes on with the sentence.
func abbreviated(before, after, language string) bool {
	token := strings.TrimSuffix(lastToken(before), ".")
	first, size := utf8.DecodeRuneInString(after)
	number := unicode.IsDigit(first) || unicode.Is(unicode.Sc, first)
	capital := unicode.IsLetter(first)
	next := firstWord(after)
	begin := starters[language]
	if begin == nil {
		begin = starters["en"]
	}
	starts := begin[next] && !(len(next) == size && strings.HasPrefix(after[size:], ".")) // "A. Smith" does not begin with "A"
	switch {
	case token == "" || token == strings.TrimSpace(strings.TrimSuffix(before, ".")) && isNumber(token):
		return true // "1." at the start of a line
	case titleWords[token], len(token) > 1 && token == strings.ToUpper(token) && titleWords[token[:1]+strings.ToLower(token[1:])]: // "MR. HADDAD"
		return number || capital
	case numberWords[token] && number:
		return true
	case otherWords[token] || isInitials(token):
		return (number || capital) && !starts
	case ordinalStop[language] && (isNumber(token) && len(token) <= 2 || isRoman(token)):
		return capital && !starts
	}
	return caselessAbbreviation(token)
}

// caselessAbbreviation reports whether a token before a full stop is short for
// something in a script without capitals: one or two letters, and in Thai,
// which ends no sentence with a stop, any word.
func caselessAbbreviation(token string) bool {
	count := 0
	for _, r := range token {
		switch {
		case unicode.Is(unicode.Thai, r):
			return true
		case unicode.IsMark(r):
		case unicode.In(r, unicode.Arabic, unicode.Hebrew, unicode.Devanagari, unicode.Bengali):
			count++
		default:
			return false
		}
	}
	return count <= 2
}

func isRoman(s string) bool {
	return s != "" && strings.Trim(s, "IVXLC") == ""
}

// isInitials reports whether a token is single letters with stops between
// them, as "J", "J.R", "U.S", "p.m" or the "z" of "z. B.", and not a word.
func isInitials(token string) bool {
	for part := range strings.SplitSeq(token, ".") {
		part = strings.TrimPrefix(part, "-")
		r, size := utf8.DecodeRuneInString(part)
		if size != len(part) || !unicode.IsLetter(r) {
			return false
		}
		if !unicode.In(r, unicode.Latin, unicode.Cyrillic, unicode.Greek) {
			return false
		}
	}
	return true
}

func isNumber(s string) bool {
	return s != "" && !strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsDigit(r) })
}
