package corpus

import (
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// script is a writing system.
type script struct {
	language string
	table    *unicode.RangeTable
	weight   int
}

// scripts are the writing systems that nearly always mean one language. Han
// counts double: a character is most of a word.
var scripts = []script{
	{"la", unicode.Latin, 1}, {"cy", unicode.Cyrillic, 1}, // told apart by their words
	{"ar", unicode.Arabic, 1}, {"el", unicode.Greek, 1}, {"he", unicode.Hebrew, 1}, {"hi", unicode.Devanagari, 1},
	{"th", unicode.Thai, 1}, {"zh", unicode.Han, 2}, {"ja", unicode.Hiragana, 2}, {"ja", unicode.Katakana, 2},
	{"ko", unicode.Hangul, 2}, {"bn", unicode.Bengali, 1}, {"ta", unicode.Tamil, 1}, {"te", unicode.Telugu, 1},
	{"gu", unicode.Gujarati, 1}, {"pa", unicode.Gurmukhi, 1}, {"kn", unicode.Kannada, 1}, {"ml", unicode.Malayalam, 1},
	{"ka", unicode.Georgian, 1}, {"hy", unicode.Armenian, 1}, {"km", unicode.Khmer, 1}, {"lo", unicode.Lao, 1},
	{"my", unicode.Myanmar, 1}, {"si", unicode.Sinhala, 1}, {"am", unicode.Ethiopic, 1},
}

// functionWords are the commonest short words of the languages that share a
// script. A word that several of them have counts for each.
var functionWords = map[string]map[string]bool{
	"en": words(`the of and to in a is was for on with as by that it from at be this are his an were which has had not but he they their its been or who will`),
	"de": words(`der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat dass sie nach wird bei einer um am sind noch wie einem über wurde war`),
	"fr": words(`de la le et les des en un du une que est pour qui dans par plus au pas sur ne se ce il sont avec aux ont son été cette sa ou mais être leur était à`),
	"es": words(`de la que el en y los del se las por un para con no una su al lo como más es fue este ha sus pero entre también esta sobre desde son era hasta años muy está había`),
	"it": words(`di e il la che in un è per una del con non della si dei da le al nel gli sono alla come più ha delle anche i lo nella dal ma su questo degli era stato essere`),
	"pt": words(`de a o que e do da em um para com não uma os no se na por mais as dos como mas foi ao ele das à seu sua ou ser são também pelo pela até isso está é`),
	"nl": words(`de van het een en in is dat op te zijn met voor niet aan er om ook als door bij naar uit maar was heeft wordt werd nog deze worden over dan tot hebben of zich`),
	"ro": words(`de și în a la cu din pe o că un este pentru nu care mai se au fost sau ca prin al ale după sunt lui către cel fi ce între dar această acest printre lor`),
	"tr": words(`ve bir bu da de için ile olarak daha en çok olan gibi sonra kadar ise göre ancak ya her ne değil o büyük olduğu tarafından oldu yıl ilk iki ki var olduğunu`),
	"pl": words(`w i na z do się nie że jest to o jak po przez od za ale dla są który być oraz a ze co już tym czy tylko tego był jego które ich może także ma`),
	"cs": words(`a v se na je že s z do o k i ve po za by to jako pro ale jsou od jeho při byl podle který už nebo však bylo která před také jen které být`),
	"sv": words(`och i att det som en på är av för med den till inte har de ett om var han men sig från vi så kan när under hade eller också efter vid blev deras`),
	"da": words(`og i at det er en til af på for den med de der som ikke har et om var han fra blev men også sig efter kan ved eller havde blevet hun deres da`),
	"no": words(`og i det er på en til av for å som med at den har ikke de et om var han fra men også ble seg etter kan ved eller hadde blitt hun deres mot`),
	"fi": words(`ja on oli että se ei joka myös ovat hän kun mutta sen vuonna ole jo mukaan kuin tai hänen jotka olla sekä oli voi vain niin mikä jossa ennen jälkeen`),
	"hu": words(`a az és hogy is nem egy volt meg de ez csak már mint el vagy még azt után majd között kell lesz ki van amely által pedig szerint voltak aki`),
	"vi": words(`và của là các được có trong một những cho với không này người đã từ để ở về khi đến như năm ra tại vào bị nhiều sự trên cũng thành theo hai`),
	"id": words(`yang dan di dari untuk dengan pada ini dalam adalah itu tidak akan ke oleh sebagai telah juga bahwa karena lebih atau mereka dapat tersebut ada tahun menjadi oleh saat`),
	"ru": words(`и в не на что с по как из к от это за для его был а он то у но было о их так же или также при до которые была которых были она после есть более`),
	"uk": words(`і в не на що з та у до за як від це для його був а він але про або також при було й які є була його бути після цей яка були через під більше`),
	"bg": words(`на и в да се от за е с по не са че като при до през след който или което са това които има но към бяха той със във един още между била беше`),
}

// letters are those that one language of a script has, or few have. A word
// with one of them speaks for the language as a function word does.
var letters = map[string]string{
	"de": "ßäöü", "fr": "çèêœùë", "es": "ñ¿¡óí", "it": "òàùì", "pt": "ãõçê", "ro": "ăâîșşțţ", "tr": "ğşıİçöü",
	"pl": "ąęłńśźżć", "cs": "ěřůžčšý", "sv": "åäö", "da": "æøå", "no": "æøå", "fi": "äö", "hu": "őűáé",
	"vi": "ăđơưạảấầẩẫậắằặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ",
	"ru": "ыэё", "uk": "іїєґ", "bg": "ъщ", "fa": "پچژگک", "ur": "ٹڈڑےں",
}

// wordLanguages and letterLanguages are the tables above, turned over, with the
// places of the languages in spoken.
var spoken, wordLanguages, letterLanguages = turnOver()

func turnOver() (spoken []string, ofWord map[string][]int, ofLetter map[rune][]int) {
	spoken = slices.AppendSeq(slices.Collect(maps.Keys(functionWords)), maps.Keys(letters))
	slices.Sort(spoken)
	spoken = slices.Compact(spoken)
	ofWord, ofLetter = map[string][]int{}, map[rune][]int{}
	for at, code := range spoken {
		for w := range functionWords[code] {
			ofWord[w] = append(ofWord[w], at)
		}
		for _, r := range letters[code] {
			ofLetter[r] = append(ofLetter[r], at)
		}
	}
	return spoken, ofWord, ofLetter
}

// DetectLanguage returns the two-letter code of the language that a text is
// written in, or "" where it is too short or too mixed to tell.
func DetectLanguage(text string) string {
	seen := make([]int, len(scripts))
	persian, urdu := 0, 0
	for _, r := range text {
		switch {
		case 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z':
			seen[0]++ // Latin
			continue
		case r < utf8.RuneSelf || !unicode.IsLetter(r):
			continue
		}
		if at := slices.IndexFunc(scripts, func(s script) bool { return unicode.Is(s.table, r) }); at >= 0 {
			seen[at]++
		}
		if strings.ContainsRune(letters["fa"], r) {
			persian++
		} else if strings.ContainsRune(letters["ur"], r) {
			urdu++
		}
	}
	counts := map[string]int{}
	for at, s := range scripts {
		counts[s.language] += s.weight * seen[at]
	}
	// Names in Latin letters are common in other scripts, not the reverse.
	counts["la"] /= 4
	best, most := "", 0
	for _, s := range scripts {
		if counts[s.language] > most {
			best, most = s.language, counts[s.language]
		}
	}
	switch best {
	case "ar":
		if urdu*50 > most {
			return "ur"
		}
		if persian*50 > most {
			return "fa"
		}
	case "zh":
		if counts["ja"]*10 > most {
			return "ja"
		}
	case "cy":
		return firstNonEmpty(byWords(text, "ru uk bg"), "ru")
	case "la":
		return byWords(text, "en de fr es it pt nl ro tr pl cs sv da no fi hu vi id")
	}
	return best
}

// byWords returns the one of the languages that most of the text's words speak
// for, or "" where too few do. Function words count double; a capital makes a
// word part of a name, as in "Los Angeles".
func byWords(text, languages string) string {
	hits, total := wordHits(text)
	codes := strings.Fields(languages)
	best, most := "", 0
	for _, code := range codes {
		if hits[code] > most {
			best, most = code, hits[code]
		}
	}
	if most < 4 || most*9 < total {
		return ""
	}
	return best
}

// wordHits counts how much the words of a text speak for each language.
func wordHits(text string) (hits map[string]int, total int) {
	count := make([]int, len(spoken))
	for _, w := range strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) }) {
		total++
		languages, each := wordLanguages[w], 2
		for _, r := range w {
			if languages != nil {
				break
			}
			if r >= utf8.RuneSelf {
				languages, each = letterLanguages[r], 1
			}
		}
		for _, at := range languages {
			count[at] += each
		}
	}
	hits = map[string]int{}
	for at, n := range count {
		hits[spoken[at]] = n
	}
	return hits, total
}

// languageOf returns the language of a text that says of itself which it is in, ""
// where neither that tells nor what was found of the text. The text decides where the two differ plainly: what is
// said of a page is often what was said of the one that it was copied from.
func languageOf(said, text, found string) string {
	switch {
	case said == "" || found == "":
		return firstNonEmpty(said, found)
	case said == found || (said == "nb" || said == "nn") && found == "no":
		return said
	}
	hits, total := wordHits(text)
	byScript := functionWords[found] == nil
	switch {
	case functionWords[said] != nil:
		if byScript || hits[found] >= 2*hits[said] && 3*hits[found] >= total {
			return found
		}
	case slices.ContainsFunc(scripts, func(s script) bool { return s.language == said }):
		return found
	case found == "en" && 2*hits["en"] >= total, byScript && !strings.Contains("ar fa ur he hi bn am", found):
		// A language that is not known here may be near to one that is, but not to these.
		return found
	}
	return said
}
