package corpus

import (
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"
)

// The paragraphs of the page that the tests below add to.
var ferry = []string{
	"The ferry to Northhaven was halted on Monday with 120 people on board, the port said in a long statement.",
	"A storm had broken the ramp, and the crew looked for a spare part in the harbour for most of the night.",
	"The owners of the ferry, a company from Eastmole, said that they would pay for the ramp and for the nights in the inn.",
	"The head of the harbour board, Una Doe, thanked the crews and the people of the town who had brought blankets.",
}

// ferryPage returns a page with something in its head, and above and below its text.
func ferryPage(head, above, below string) string {
	return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Ferry halted by a storm</title>` + head +
		`</head><body><article><h1>Ferry halted by a storm</h1>` + above + "<p>" + strings.Join(ferry, "</p><p>") + "</p>" + below + `</article></body></html>`
}

// read parses a page.
func read(t *testing.T, name, text string) *Article {
	t.Helper()
	a, problems := parse(name, []byte(text))
	if a == nil || len(problems) > 0 {
		t.Fatal(problems)
	}
	check(t, a)
	return a
}

func day(a *Article) string {
	if a.Published.IsZero() {
		return ""
	}
	return a.Published.Format(time.DateOnly)
}

// texts returns the article's passages.
func texts(a *Article) (out []string) {
	for _, p := range a.Passages {
		out = append(out, a.Quote(p.Span))
	}
	return out
}

// TestPageDates finds the day of publication wherever pages keep it, and none
// where they keep another.
func TestPageDates(t *testing.T) {
	ld := func(json string) string { return `<script type="application/ld+json">` + json + `</script>` }
	tests := []struct{ name, head, above, below, want string }{
		{"microdata", `<meta itemprop="datePublished" content="2024-03-06T10:00:00Z">`, "", "", "2024-03-06"},
		{"article:published", `<meta property="article:published" content="2024-03-06T10:00:00.000Z">`, "", "", "2024-03-06"},
		{"a day late elsewhere", `<meta property="article:published_time" content="2024-03-06T23:30:00-05:00">`, "", "", "2024-03-06"},
		{"name date", `<meta name="date" content="2024-03-06">`, "", "", "2024-03-06"},
		{"DC.date.issued", `<meta name="DC.date.issued" content="2024-03-06">`, "", "", "2024-03-06"},
		{"dcterms.created", `<meta name="dcterms.created" content="2024-03-06">`, "", "", "2024-03-06"},
		{"pubdate", `<meta name="pubdate" content="20240306">`, "", "", "2024-03-06"},
		{"parsely", `<meta name="parsely-pub-date" content="2024-03-06T10:00:00Z">`, "", "", "2024-03-06"},
		{"sailthru", `<meta name="sailthru.date" content="Wed, 06 Mar 2024 10:00:00 -0500">`, "", "", "2024-03-06"},
		{"seconds", `<meta name="publish_date" content="1709719200">`, "", "", "2024-03-06"},
		{"strong before weak", `<meta name="date" content="2024-05-01"><meta name="publish-date" content="March 6, 2024">`, "", "", "2024-03-06"},
		{"only modified", `<meta property="article:modified_time" content="2024-03-06">`, "", "", ""},
		{"placeholder", `<meta property="article:published_time" content="1970-01-01T00:00:00Z">`, "", "", ""},
		{"to come", `<meta property="article:published_time" content="2050-01-01T00:00:00Z">`, "", "", ""},
		{"template", `<meta property="article:published_time" content="{{date}}">`, "", "", ""},
		{"placeholder, then a stamp", `<meta name="date" content="0001-01-01">`, "<p>6 March 2024</p>", "", "2024-03-06"},

		{"type a list", ld(`{"@context":"http://schema.org","@type":["NewsArticle","Article"],"datePublished":"2024-03-06T10:00:00Z"}`), "", "", "2024-03-06"},
		{"graph", ld(`{"@context":"https://schema.org","@graph":[{"@type":"WebSite","name":"x"},{"@type":"WebPage","datePublished":"2024-03-07"},{"@type":"BlogPosting","datePublished":"2024-03-06"}]}`), "", "", "2024-03-06"},
		{"array", ld(`[{"@type":"BreadcrumbList"},{"@type":"ReportageNewsArticle","datePublished":"2024-03-06"}]`), "", "", "2024-03-06"},
		{"page alone", ld(`{"@type":"WebPage","mainEntity":{"@type":"Article","datePublished":"2024-03-06"}}`), "", "", "2024-03-06"},
		{"trailing comma", ld(`{"@type":"NewsArticle","datePublished":"2024-03-06",}`), "", "", "2024-03-06"},
		{"line end in a string", ld("{\"@type\":\"NewsArticle\",\"description\":\"a\nb\",\"datePublished\":\"2024-03-06\"}"), "", "", "2024-03-06"},
		{"cut off", ld(`{"@type":"NewsArticle","datePublished":"2024-03-06","author":{"name":`), "", "", "2024-03-06"},
		{"cut off, two days", ld(`{"a":{"datePublished":"2024-03-05"},"datePublished":"2024-03-06","author":{`), "", "", ""},
		{"related articles", ld(`[{"@type":"NewsArticle","headline":"Other","datePublished":"2024-03-01"},{"@type":"NewsArticle","headline":"Ferry halted by a storm","datePublished":"2024-03-06"}]`), "", "", "2024-03-06"},
		{"only related articles", ld(`[{"@type":"NewsArticle","headline":"Other","datePublished":"2024-03-01"},{"@type":"NewsArticle","headline":"Another","datePublished":"2024-03-02"}]`), "", "", ""},
		{"an event", ld(`{"@type":"Event","startDate":"2024-03-06","datePublished":"2024-03-06"}`), "", "", ""},
		{"a comment's", ld(`{"@type":"WebPage","comment":[{"@type":"Comment","datePublished":"2024-03-06"}]}`), "", "", ""},
		{"a job", ld(`{"@type":"JobPosting","datePublished":"2024-03-06"}`), "", "", ""},

		{"time", "", `<div><time datetime="2024-03-06T10:00:00Z">3 hours ago</time></div>`, "", "2024-03-06"},
		{"time in a byline", "", `<p>By Jane Roe · <time datetime="2024-03-06">Wed</time></p>`, "", "2024-03-06"},
		{"published, then updated", "", `<p>Published <time datetime="2024-03-06">6 March</time> | Updated <time datetime="2024-03-08">8 March</time></p>`, "", "2024-03-06"},
		{"updated, then published", "", `<p>Updated <time datetime="2024-03-08">8 March</time></p><p>Published <time datetime="2024-03-06">6 March</time></p>`, "", "2024-03-06"},
		{"only updated", "", `<p>Last updated: March 6, 2024</p>`, "", "2024-03-06"},
		{"pubdate", "", "", `<p><time pubdate datetime="2024-03-06">6 March</time></p>`, "2024-03-06"},
		{"entry-date", "", `<span class="entry-date">March 6, 2024</span>`, "", "2024-03-06"},
		{"microformat", "", `<abbr class="published" title="2024-03-06T10:00:00Z">yesterday</abbr>`, "", "2024-03-06"},
		{"published below", "", "", `<p>First published on Wed 6 Mar 2024 11.00 GMT</p>`, "2024-03-06"},
		{"an event in the text", "", "", `<p>The next meeting is on <time datetime="2024-03-06">6 March</time> in the harbour hall.</p>`, ""},
		{"an event above the text", "", `<p>The fair begins on <time datetime="2024-03-06">6 March</time></p>`, "", ""},
		{"a comment", "", "", `<div class="comments"><p>Ann <time datetime="2024-03-06">6 March</time></p></div>`, ""},
		{"a comment that is marked", "", "", `<div itemscope itemtype="http://schema.org/Comment"><time itemprop="datePublished" datetime="2024-03-06">6 March</time></div>`, ""},
		{"a teaser", "", "", `<aside><time datetime="2024-03-06">6 March</time></aside>`, ""},
		{"stamp", "", `<p>Updated 1:39 am EST, Wednesday, March 6, 2024</p>`, "", "2024-03-06"},
		{"either month or day", "", `<p>Published 03/06/2024</p>`, "", ""},
		{"an American page", `<meta property="og:url" content="https://gazette.gov/a">`, `<p>Published 03/06/2024</p>`, "", "2024-03-06"},
		{"a British page", `<link rel="canonical" href="https://gazette.co.uk/a">`, `<p>Published 06/03/2024</p>`, "", "2024-03-06"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := read(t, "a.html", ferryPage(tt.head, tt.above, tt.below))
			if day(a) != tt.want {
				t.Errorf("got %s, want %s", day(a), tt.want)
			}
		})
	}
}

// TestFurniture wants nothing but the four paragraphs of pages with each of these
// lines above or below them.
func TestFurniture(t *testing.T) {
	above := []string{
		"Sign In", "Log in or register", "Already a subscriber? Log in", "Already have an account? Sign in here.", "Not a member yet? Register now!", "Subscribe", "https://www.example.org/news/Ferry-halted-1484.php", "www.example.org/ferry",
		"Jon Dorn, AP Auto Writer", "Jane Roe | Senior Correspondent", "Published 1 day ago", "Updated 3 hours ago", "vor 2 Stunden",
		"Image 1 of / 23", "1 of 5", "Photo 3 of 12", "Bild 1 von 7", "Caption", "View gallery", "Show caption", "12 images", "Image copyright Getty Images", "Image source, Mole Pictures",
		"Photo: Jane Roe/AFP", "Jane Roe/Getty Images", "AP Photo", "Foto: dpa", "Фото: РИА Новости", "Photograph: Jane Roe", "Sam Poe via Reuters",
		"Media playback is unsupported on your device", "This slideshow requires JavaScript.", "Your browser does not support the video tag.",
		"This video can not be played", "To view this video please enable JavaScript", "By Jane Roe", "Par Jeanne Roux", "4 min read",
		"3-Minute Listen", "Listen · 3:45 min", "1/5", "Share full article", "Add to bookmarks", "Supported by", "Credit...Jane Roe for The Mole Gazette", "Topics: ports, storms",
	}
	below := []string{
		"Jon Dorn is a reporter for Mole News.", "Jane Roe covers shipping for the Gazette. She lives in Eastmole.", "Jane Roe and Sam Poe are staff writers.",
		"Jane Roe ist Redakteurin der Molenpost.", "Jeanne Roux est journaliste au Courrier.", "Juana Ríos es periodista de El Faro.",
		"Email Ola Brandt at t@space.example or follow him @t.", "Follow her on Twitter @janeroe", "Contact Jane Roe at jane@mole.example.", "Follow Jane Roe on X: @janeroe.",
		"READ MORE ON MOLE BUSINESS BY CLICKING HERE", "CLICK HERE TO GET THE MOLE APP", "Click here for more harbour news.", "READ MORE HARBOUR NEWS HERE",
		`You may also like...</p><p><a href="/1">Who will build the ramp in 2020?</a>`, `<a href="/2">Lighthouse gets a new lamp at last</a>`,
		"Sign up for our newsletter", "Get the latest news delivered to your inbox.", "By signing up you agree to our terms of use and privacy policy.",
		"Thank you for subscribing!", "Ann Lee can be reached at ann@mole.example.", "Ann Lee contributed to this report.", "Ann Lee is the Gazette’s editor. Reach her at ann@mole.example.</p><p>Ann Lee contributed reporting.",
		"Want more stories like this? Sign up for our newsletter.", "This story has been shared 120 times.", "Tags: ferries, Eastmole", "Filed under: News", "Recommended by Molebrain", "Got a tip? Email tips@mole.example", "Get our app", "About the author</p><p>Jane Roe grew up by the sea.", "© 2024 The Mole Gazette",
	}
	for where, lines := range map[string][]string{"above": above, "below": below} {
		for _, line := range lines {
			page := ferryPage("", "<p>"+line+"</p>", "")
			if where == "below" {
				page = ferryPage("", "", "<p>"+line+"</p>")
			}
			if got := texts(read(t, "a.html", page)); strings.Join(got, "\n") != strings.Join(ferry, "\n") {
				t.Errorf("%s %q: got %q", where, line, got)
			}
		}
	}
}

// TestNoFurniture wants what only looks like furniture to stay.
func TestNoFurniture(t *testing.T) {
	above := []string{
		"The storm came at noon.", "Nobody slept.", "Sign in to the register at the harbour office before you sail.", "Rating: 8/10",
		"Already a member of the crew? Sign in to the register.",
		"Three of the five boats sank.", "He photographed the storm for Reuters.", "The image is of a gull.", "The page is torn.",
		"What the harbour needs now", "Crew: seven", "EUR 900", "Score: 2-1", "Serves four", "Monday to Friday", "8/10", "On 6 March 2024 the ferry sailed.", "Concert in the harbour, 6 March 2024",
	}
	below := []string{
		"Una Doe is a reporter for Mole News.", "Jon Dorn was on board.", "Jon Dorn is a sailor.", "The ferry is a wreck.", "Nobody was hurt.",
		"Email us at help@mole.example to get the fare back.", "Contact the harbour office at office@mole.example.", "Call 0800 123456 to report a wreck.",
		"Email Una Doe at una@mole.example.", "He asked them to read more books.", "Get the rope out of the water first.", "The plugin requires JavaScript.",
		"She was told to sign up for the lifeboat.", "Follow the red buoys to the quay.", "Will it sail again?", "The video shows the ramp breaking.",
		"Subscribe to a lifeboat, he said, and you sleep well.", "The song was delivered to her door.",
		`The timetable is here:</p><p>https://mole.example/times`, `<a href="#ramp">What is a ramp?</a>`, `<a href="/r">The report names three causes.</a>`,
	}
	for where, lines := range map[string][]string{"above": above, "below": below} {
		for _, line := range lines {
			page := ferryPage("", "<p>"+line+"</p>", "")
			if where == "below" {
				page = ferryPage("", "", "<p>"+line+"</p>")
			}
			if got := len(read(t, "a.html", page).Passages); got != 5+strings.Count(line, "<p>") {
				t.Errorf("%s %q: got %d paragraphs", where, line, got)
			}
		}
	}
}

// TestHidden wants what no reader of the page sees to be left out, and what only a
// script hides to stay.
func TestHidden(t *testing.T) {
	const card = `<p>A man named <span class="who"><a href="/p/1">Ida Vale</a>CARD</span> was on board on Monday, the port said.</p>`
	const seen = "A man named Ida Vale was on board on Monday, the port said."
	tests := []struct{ name, style, card string }{
		{"class", ".card{display:none}", `<span class="card"><a href="/q">Harbour | Lamps</a></span>`},
		{"id", "#c1 { display : none !important }", `<span id="c1">Harbour</span>`},
		{"element and class", "span.who span.card, b.x { color: red; display: none }", `<span class="card">Harbour</span>`},
		{"visibility", ".card { visibility: hidden }", `<span class="card">Harbour</span>`},
		{"clear, over the text", ".card{position:absolute;opacity:0} a:hover + .card{opacity:1}", `<span class="card">Harbour</span>`},
		{"for ears", ".sr{position:absolute!important;width:1px;clip:rect(1px, 1px, 1px, 1px)}", `<span class="sr">Harbour</span>`},
		{"for ears, today's way", ".sr{position:absolute;clip-path:inset(50%)}", `<span class="sr">Harbour</span>`},
		{"far away", ".card{position:absolute;left:-9999px}", `<span class="card">Harbour</span>`},
		{"far away by its own style", "", `<span style="position: absolute; left: -999em">Harbour</span>`},
		{"child", ".who > em { display:none; }", `<em>Harbour</em>`},
		{"screen", "@media screen { .card { display: none } }", `<span class="card">Harbour</span>`},
		{"the more specific rule", "span .card{display:inline} span.who span.card{display:none} .card{display:inline}", `<span class="card">Harbour</span>`},
		{"after rules that are broken", "} .a:: {x} @foo { b } .card{display:none}", `<span class="card">Harbour</span>`},
		{"inline style", "", `<span style="color:red; display: none">Harbour</span>`},
		{"hidden", "", `<span hidden>Harbour</span>`},
		{"twice for ears", "", `<span aria-hidden="true">Ida Vale</span>`},
		{"tooltip by role", "", `<span role="tooltip">Harbour board</span>`},
		{"tooltip by its name", "", `<span class="tooltip-text">Harbour board</span>`},
		{"card by its name", "", `<span class="rollover-people-block" id="p-1"><a href="/p/1">Ida Vale</a></span>`},
	}
	for _, tt := range tests {
		page := ferryPage("<style>"+tt.style+"</style>", "", strings.Replace(card, "CARD", tt.card, 1))
		if got := texts(read(t, "a.html", page)); got[len(got)-1] != seen {
			t.Errorf("%s: got %q", tt.name, got[len(got)-1])
		}
	}
	shown := []struct{ name, style, html string }{
		{"for print", "@media print { .a{display:none} }", `<p class="a">%s</p>`},
		{"for small screens", "@media (max-width: 600px) { .a{display:none} }", `<p class="a">%s</p>`},
		{"shown again", ".a{display:none} p.a{display:block}", `<p class="a">%s</p>`},
		{"shown by its own style", ".a{display:none}", `<p class="a" style="display:block">%s</p>`},
		{"when pointed at", "p:hover .a{display:none}", `<p><span class="a">%s</span></p>`},
		{"fading in", ".a{opacity:0;transition:opacity 1s}", `<p class="a">%s</p>`},
		{"a little aside", ".a{position:absolute;left:-20px;clip:auto;opacity:0.9}", `<p class="a">%s</p>`},
		{"clear, then not", ".a{position:absolute;opacity:0} p.a{opacity:1}", `<p class="a">%s</p>`},
		{"before", ".a::before{display:none}", `<p class="a">%s</p>`},
		{"an initial", "", `<p><span aria-hidden="true">T</span>%s</p>`},
	}
	for _, tt := range shown {
		const text = "he lamp of the lighthouse was lit again on Tuesday, and all of the town came to see it."
		page := ferryPage("<style>"+tt.style+"</style>", "", strings.Replace(tt.html, "%s", text, 1))
		if got := texts(read(t, "a.html", page)); !strings.HasSuffix(got[len(got)-1], text) || tt.name == "an initial" && got[len(got)-1] != "T"+text {
			t.Errorf("%s: got %q", tt.name, got)
		}
	}
	for _, style := range []string{"article{display:none}", "body{visibility:hidden}", "article p{display:none}"} {
		if got := texts(read(t, "a.html", ferryPage("<style>"+style+"</style>", "", ""))); len(got) != 4 {
			t.Errorf("%s hides the article: %q", style, got)
		}
	}
	for _, attribute := range []string{"hidden", `style="display:none"`, `aria-hidden="true"`} {
		page := strings.Replace(ferryPage("", "", ""), "<article>", "<p>This page needs a script, and it takes a little while until all of it is here to be read by you.</p><article "+attribute+">", 1)
		if got := len(read(t, "a.html", page).Passages); got < 4 {
			t.Errorf("%s hides the article", attribute)
		}
	}
}

// TestLinked wants sentences that are links to stay among paragraphs, and lists of
// links to go.
func TestLinked(t *testing.T) {
	const card = `<div class="card"><div class="content"><p>%s</p></div></div>`
	cards := func(middle ...string) string {
		var b strings.Builder
		for _, p := range append(append(append([]string{}, ferry[:2]...), middle...), ferry[2:]...) {
			b.WriteString(strings.Replace(card, "%s", p, 1))
		}
		return `<html lang="en"><body><div class="main"><h1>Ferry halted</h1>` + b.String() + `</div></body></html>`
	}
	for _, tt := range []struct {
		want   int // paragraphs
		middle []string
	}{
		{5, []string{`<a href="/x"><strong>Three men were charged on Wednesday with stealing the ramp.</strong></a>`}},
		{5, []string{`The find was described in a paper that was out Monday in the <a href="https://n.example/a">journal Mole Tides</a>.`}},
		{5, []string{`<a href="/x">The harbour board</a> has <a href="/y">asked the council</a> for <a href="/z">a new ramp</a>.`}},
		{6, []string{`<a href="/x">Three men were charged on Wednesday.</a>`, `<a href="/y">Nobody was hurt, the police said on Friday.</a>`}},
		{4, []string{`<a href="/x">Three men charged</a>`}},
		{4, []string{`<a href="/1">Ramp found at sea on Friday.</a>`, `<a href="/2">Lighthouse gets a lamp, too.</a>`, `<a href="/3">Storm takes the harbour wall.</a>`, `<a href="/4">Who pays for the harbour wall?</a>`}},
		{4, []string{`<a href="/1">Ramp found at sea</a>`, `<a href="/2">Lighthouse gets a lamp</a>`}},
	} {
		if got := texts(read(t, "a.html", cards(tt.middle...))); len(got) != tt.want {
			t.Errorf("%q: got %q", tt.middle, got)
		}
	}
}

// TestTitles takes the name of the site from titles, and reads it from what pages
// give for it.
func TestTitles(t *testing.T) {
	og := func(title, site string) string {
		return `<meta property="og:title" content="` + title + `"><meta property="og:site_name" content="` + site + `">`
	}
	const publisher = `<script type="application/ld+json">{"@context":"http://schema.org","@type":"BlogPosting","headline":"Ferry halted by a storm","publisher":{"@type":"Organization","name":"NAME"}}</script>`
	tests := []struct{ head, h1, title, source string }{
		{og("Early reviews of the ferry are here - Mole Wire", "Mole Wire"), "Why not swim?", "Early reviews of the ferry are here", "Mole Wire"},
		{og("Early reviews of the ferry | The Mole Wire", "Mole Wire"), "Why not swim?", "Early reviews of the ferry", "Mole Wire"},
		{og("Mole Wire: Early reviews of the ferry", "Mole Wire"), "Why not swim?", "Early reviews of the ferry", "Mole Wire"},
		{og("Early reviews of the ferry — Harbour — Mole Wire", "Mole Wire"), "Early reviews of the ferry", "Early reviews of the ferry", "Mole Wire"},
		{og("Early reviews of the ferry – Mole Wire", ""), "Early reviews of the ferry", "Early reviews of the ferry", ""},
		{og("Mole Wire » Early reviews of the ferry", ""), "Early reviews of the ferry", "Early reviews of the ferry", ""},
		{og("Early reviews of the ferry | Mole Wire", ""), "Why not swim?", "Early reviews of the ferry", ""},
		{og("Early reviews of the ferry - Mole Wire", "") + `<link rel="canonical" href="https://www.molewire.example/a">`, "Why not swim?", "Early reviews of the ferry", ""},
		{og("Mole Wire - Early reviews of the ferry", ""), "Mole Wire</h1><h1>Early reviews of the ferry", "Early reviews of the ferry", ""},
		{og("Storm-proof: how the ferry was built - and why", "Mole Wire"), "Why not swim?", "Storm-proof: how the ferry was built - and why", "Mole Wire"},
		{og("Early reviews of the ferry | Business | Mole Wire", "Mole Wire"), "Why not swim?", "Early reviews of the ferry", "Mole Wire"},
		{og("Early reviews of the ferry (Mole Wire)", "Mole Wire"), "Why not swim?", "Early reviews of the ferry", "Mole Wire"},
		{"<title>The ferry — what we know so far</title>", "The ferry — what we know so far", "The ferry — what we know so far", ""},
		{"<title></title>", "The ferry", "The ferry", ""},
		{"<title>The ferry — what we know so far | Mole Wire</title>", "The ferry — what we know so far", "The ferry — what we know so far", ""},
		{og("The Ferry", "The Ferry"), "The Ferry", "The Ferry", "The Ferry"},
		{og("Ferry halted", "https://www.gulfwire.example"), "Ferry halted", "Ferry halted", "gulfwire.example"},
		{og("Ferry halted", "www.gulfwire.example"), "Ferry halted", "Ferry halted", "gulfwire.example"},
		{og("Ferry halted", "//gulfwire.example/"), "Ferry halted", "Ferry halted", "gulfwire.example"},
		{og("Ferry halted", "@claimdesk"), "Ferry halted", "Ferry halted", "claimdesk"},
		{og("Ferry halted", "Linkblog") + strings.Replace(publisher, "NAME", "Blogger", 1), "Ferry halted by a storm", "Ferry halted by a storm", "Linkblog"},
		{og("Ferry halted", "Linkblog") + strings.Replace(publisher, "NAME", "WordPress.com", 1), "Ferry halted by a storm", "Ferry halted by a storm", "Linkblog"},
		{og("Ferry halted", "Medium") + strings.Replace(publisher, "NAME", "Harbour Notes", 1), "Ferry halted by a storm", "Ferry halted by a storm", "Harbour Notes"},
	}
	for _, tt := range tests {
		whole := ferryPage(tt.head, "", "")
		if strings.HasPrefix(tt.head, "<title>") {
			whole = strings.Replace(whole, "<title>Ferry halted by a storm</title>", "", 1)
		}
		page := strings.Replace(whole, "<h1>Ferry halted by a storm</h1>", "<h1>"+tt.h1+"</h1>", 1)
		if a := read(t, "a.html", page); a.Title != tt.title || a.Source != tt.source {
			t.Errorf("%s: got %q, %q; want %q, %q", tt.head, a.Title, a.Source, tt.title, tt.source)
		}
	}
}

// TestPageLanguage has the text decide where page and text differ plainly.
func TestPageLanguage(t *testing.T) {
	german := strings.Repeat("<p>Die Fähre fuhr am Montag nicht, weil der Sturm die Rampe des Schiffs zerbrochen hatte, sagte der Kapitän.</p>", 4)
	english := "<p>" + strings.Join(ferry, "</p><p>") + "</p>"
	for _, tt := range []struct{ said, body, want string }{
		{"de", english, "en"}, {"en-US", german, "de"}, {"ru", english, "en"}, {"zh-CN", english, "en"}, {"hr", english, "en"}, {"xx", english, "en"},
		{"en-GB", english, "en"}, {"de-AT", german, "de"}, {"", german, "de"},
		{"no", "<p>Færgen sejlede ikke på grund af stormen, sagde havnen, og det var koldt for dem der ventede på kajen.</p>", "no"},
		{"ca", "<p>El ferri no va sortir dilluns perquè la tempesta havia trencat la rampa, va dir el port de la ciutat.</p>", "ca"},
		{"nb", "<p>Fergen gikk ikke på mandag fordi stormen hadde ødelagt rampen, og det var kaldt på kaien.</p>", "nb"},
		{"en", "<p>Ammel.</p>", "en"}, {"de", "<p>Ammel 12.</p>", "de"},
	} {
		if a := read(t, "a.html", `<html lang="`+tt.said+`"><body>`+tt.body); a.Language != tt.want {
			t.Errorf("%s, %.20s: got %s, want %s", tt.said, tt.body, a.Language, tt.want)
		}
	}
}

// TestCharsets reads pages in the charset that they name.
func TestCharsets(t *testing.T) {
	const meta = `<html><head><meta charset="NAME"></head><body><p>TEXT</p>`
	tests := []struct{ charset, page, text string }{
		{"iso-8859-1", meta, "Le café a été fermé."},
		{"windows-1252", `<meta http-equiv="Content-Type" content="text/html; charset=NAME"><p>TEXT`, "“Le café” coûte 5 €."},
		{"windows-1251", `<META HTTP-EQUIV=Content-Type CONTENT='text/html; charset=NAME'><p>TEXT`, "Паром не вышел из гавани."},
		{"koi8-r", meta, "Паром не вышел из гавани."},
		{"shift_jis", meta, "船は出航しませんでした。"},
		{"euc-jp", meta, "船は出航しませんでした。"},
		{"iso-2022-jp", meta, "船は出航しませんでした。"},
		{"gbk", meta, "渡轮星期一没有开。"},
		{"gb18030", meta, "渡轮星期一没有开。"},
		{"big5", meta, "渡輪星期一沒有開。"},
		{"euc-kr", meta, "배가 출항하지 않았다."},
		{"iso-8859-2", `<?xml version="1.0" encoding="NAME"?><html><body><p>TEXT</p></body></html>`, "Prom nie wypłynął."},
		{"windows-1256", meta, "لم تبحر العبارة."},
		{"iso-8859-9", meta, "Feribot kalkmadı."},
	}
	for _, tt := range tests {
		e, err := htmlindex.Get(tt.charset)
		if err != nil {
			t.Fatal(err)
		}
		page := strings.Replace(strings.Replace(tt.page, "NAME", tt.charset, 1), "TEXT", tt.text, 1)
		data, err := e.NewEncoder().String(page)
		if err != nil {
			t.Fatal(err)
		}
		for name, data := range map[string]string{tt.charset: data, "UTF-8 that names it": page, "UTF-8 with a mark": "\ufeff" + page} {
			if got := read(t, "a.html", data).Text; got != tt.text {
				t.Errorf("%s as %s: got %q", tt.charset, name, got)
			}
		}
		if _, problems := parse("a.txt", []byte(data)); tt.charset != "iso-2022-jp" && (len(problems) != 1 || !strings.HasSuffix(problems[0].Text, "save the file as UTF-8")) {
			t.Errorf("%s in a text: got %v", tt.charset, problems)
		}
	}
	for _, order := range []unicode.Endianness{unicode.LittleEndian, unicode.BigEndian} {
		data, err := unicode.UTF16(order, unicode.UseBOM).NewEncoder().String("Le café a été fermé.\r\n\r\nIl pleut.")
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range []string{"a.txt", "a.md", "a.html"} {
			if got := read(t, name, data).Text; !strings.HasPrefix(got, "Le café a été fermé.") {
				t.Errorf("%s in UTF-16: got %q", name, got)
			}
		}
	}
	for name, data := range map[string]string{
		"names none":        "<p>Le caf\xe9.",
		"names an unknown":  `<meta charset="latin-99"><p>Le caf` + "\xe9.",
		"names UTF-8":       `<meta charset="utf-8"><p>Le caf` + "\xe9.",
		"has other bytes":   `<meta charset="shift_jis"><p>` + "\xff\xff\xfe.",
		"names it too late": strings.Repeat(" ", maxPrologue) + `<meta charset="iso-8859-1"><p>Le caf` + "\xe9.",
	} {
		if a, problems := parse("a.html", []byte(data)); a != nil || len(problems) != 1 || !strings.HasSuffix(problems[0].Text, "save the file as UTF-8") {
			t.Errorf("%s: got %v", name, problems)
		}
	}
}

// TestTextHeads reads title and date from the first lines of plain texts.
func TestTextHeads(t *testing.T) {
	body := strings.Join(ferry, "\n\n")
	wrapped := "The ferry to Northhaven was halted on Monday with 120 people on\nboard, the port said in a long statement. A storm had broken the ramp,\nand the crew looked for a spare part.\n"
	tests := []struct{ text, title, day, first string }{
		{"Ferry halted by a storm\n\n6 March 2024\n\n" + body, "Ferry halted by a storm", "2024-03-06", ferry[0]},
		{"Ferry halted by a storm\n6 March 2024\n\n" + body, "Ferry halted by a storm", "2024-03-06", ferry[0]},
		{"Ferry halted by a storm\nMarch 6, 2024\n" + body, "Ferry halted by a storm", "2024-03-06", ferry[0]},
		{"Ferry halted by a storm\nBy Jane Roe\nMarch 6, 2024\n" + wrapped, "Ferry halted by a storm", "2024-03-06", strings.TrimSpace(wrapped)},
		{"Ferry halted by a storm\n\nBy Jane Roe\n\n" + body, "Ferry halted by a storm", "", ferry[0]},
		{"Ferry halted by a storm\n\nThe Mole Gazette — 12 March 2024\n\n" + body, "Ferry halted by a storm", "2024-03-12", ferry[0]},
		{"Published 6 March 2024\n\nFerry halted by a storm\n\n" + body, "Ferry halted by a storm", "2024-03-06", ferry[0]},
		{"Fähre gestoppt\n\nMittwoch, 6. März 2024\n\n" + body, "Fähre gestoppt", "2024-03-06", ferry[0]},
		{"Le ferry à quai\n\nPublié le 6 mars 2024 à 10h15\n\n" + body, "Le ferry à quai", "2024-03-06", ferry[0]},
		{"Паром встал\n\n6 марта 2024 г.\n\n" + body, "Паром встал", "2024-03-06", ferry[0]},
		{"توقفت العبارة\n\n6 مارس 2024\n\n" + body, "توقفت العبارة", "2024-03-06", ferry[0]},
		{"Ferry halted by a storm\n\n" + body, "Ferry halted by a storm", "", ferry[0]},
		{"Opening hours\n\nWe open at nine in the morning.\n\nPrices\n\nA crossing is five crowns for all.", "A", "", "We open at nine in the morning."},
		{"Ferry halted by a storm\n=======================\n\n" + body, "Ferry halted by a storm", "", ferry[0]},
		{"Ferry halted\n------------\nBy Jane Roe\n\n" + body, "Ferry halted", "", ferry[0]},
		{"***\nFerry halted\n***\n\n6 March 2024\n\n" + body, "Ferry halted", "2024-03-06", ferry[0]},
		{"Title: Ferry halted\nAuthor: Jane Roe\nDate: 6 March 2024\n\n" + body, "Ferry halted", "2024-03-06", ferry[0]},
		{"Title: Ferry halted\n\n" + body, "Ferry halted", "", ferry[0]},
		{ferry[0] + "\n\nPrices\n======\n" + body, "A", "", ferry[0]},
		{"Summer fair, 12 June 2024\n\n" + body, "Summer fair, 12 June 2024", "", ferry[0]},
		{"The ferry is halted.\n\n6 March 2024\n\n" + body, "A", "2024-03-06", "The ferry is halted."},
		{body, "A", "", ferry[0]},
	}
	for _, tt := range tests {
		a := read(t, "a.txt", tt.text)
		if a.Title != tt.title || day(a) != tt.day || texts(a)[0] != tt.first {
			t.Errorf("%.60q: got %q, %s, %q", tt.text, a.Title, day(a), texts(a)[0])
		}
	}
}
