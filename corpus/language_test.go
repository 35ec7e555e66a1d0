package corpus

import "testing"

func TestDetectLanguage(t *testing.T) {
	for text, want := range map[string]string{
		"":      "",
		"Ammel": "",
		"12345": "",
		"The ferry did not sail because of the storm.":               "en",
		"Il traghetto non è partito a causa della tempesta.":         "it",
		"De veerboot is niet vertrokken vanwege de storm.":           "nl",
		"O ferry não partiu por causa da tempestade no porto.":       "pt",
		"Prom nie wypłynął z powodu sztormu, który był silny.":       "pl",
		"Färjan gick inte på grund av stormen, och det var kallt.":   "sv",
		"Пором не вийшов через шторм, який був сильним.":             "uk",
		"船は嵐のために出航しませんでした。":                                          "ja",
		"폭풍 때문에 배가 출항하지 않았다.":                                        "ko",
		"کشتی به دلیل طوفان حرکت نکرد و همه در بندر ماندند.":         "fa",
		"המעבורת לא הפליגה בגלל הסערה.":                              "he",
		"The captain wrote 渡轮 on the board of the ship in the port.": "en",
	} {
		if got := DetectLanguage(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

// TestDetectLanguageOnPassages wants more than 99 in 100 passages right.
func TestDetectLanguageOnPassages(t *testing.T) {
	for _, language := range []string{"ar", "de", "el", "en", "es", "hi", "ro", "ru", "th", "tr", "vi", "zh"} {
		passages := paragraphs(t, "xquad-dev-"+language)
		wrong := 0
		for _, p := range passages {
			if got := DetectLanguage(p.Context); got != language {
				wrong++
				t.Logf("%s taken for %q: %.60s", language, got, p.Context)
			}
		}
		if wrong*100 >= len(passages) {
			t.Errorf("%s: %d of %d passages wrong", language, wrong, len(passages))
		}
	}
}
