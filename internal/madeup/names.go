package madeup

import "math"

// mix makes a number of two that looks like chance and is the same everywhere.
func mix(a, b uint64) uint64 {
	z := a ^ (b+0x9e3779b97f4a7c15)*0xbf58476d1ce4e5b9
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// part is a number from 0 to 1, 0 left out.
func part(h uint64) float64 { return (float64(h>>11) + 1) / (1 << 53) }

// Names are drawn as in real text: few are everywhere and most in one article
// alone. Of the rank r the chance is as (r + common)^(-1/growth), so that the number of
// different names grows with that of all names to the power growth, in the long run.
const (
	common = 4000
	growth = 0.55
)

// rank draws the rank of a name.
func rank(h uint64) uint64 {
	const most = 1 << 40
	return uint64(min(common*(math.Pow(part(h), -growth/(1-growth))-1), most))
}

// Syllables, so that each rank has a name of its own and lower ones shorter names.
var (
	starts  = list("ba be bra bo ca cor da de dra du fa fe fi ga gre ha hel ho il is ja jo ka ke kha ko kra la le lo lu ma me mi mo na ne no o or pa pe pra ra re ro sa se sha so ta te to tra u va ve vi wa we ya ye za ze zo")
	middles = list("ba bi da de di do ga ge go ka ke ki la le li lo ma me mi mo na ne ni no ra re ri ro sa se si ta te ti to va ve vi za zi")
	endings = map[slot][]string{
		given:  list("ra na la mir lin ta ris lo vin dan ka sha bel ren no ya dor len mo sa rik tan vi do nel"),
		family: list("ssen ric mann dov rani lenko ddick rsby lli nez tti ssou kov maz rian bbe nder rrow lak ven sk nault ques ngham rtz"),
		place:  list("rburg nford stan rville nia dorf mouth pol rabad shire ngrad vik lund zia wick minster ssa rra nko beck haven via rtown nas deen"),
		thing:  list("rex tine phos lux dia xis vron mex ntra lyte nix quor dyne spar cote ria zon plex tis vance mark gon lite von tec"),
	}
)

// spell writes the name of a rank.
func spell(b []byte, s slot, r uint64) []byte {
	ends := endings[s]
	n := uint64(len(starts) * len(ends))
	size := 0
	for r >= n {
		r -= n
		n *= uint64(len(middles))
		size++
	}
	// Neighbours shall not look alike: a step that has no divisor in common with n.
	r = (r*7919 + 12345) % n
	at := len(b)
	b = append(b, starts[r%uint64(len(starts))]...)
	r /= uint64(len(starts))
	for range size {
		b = append(b, middles[r%uint64(len(middles))]...)
		r /= uint64(len(middles))
	}
	b = append(b, ends[r%uint64(len(ends))]...)
	b[at] -= 'a' - 'A'
	return b
}

// countries are places that many articles name.
var countries = []string{"Germany", "France", "Egypt", "Turkey", "Italy", "Russia", "China", "Japan", "India", "Brazil", "Spain", "Poland", "Norway", "Sweden",
	"Greece", "Kenya", "Nigeria", "Ghana", "Morocco", "Tunisia", "Algeria", "Libya", "Chad", "Niger", "Mali", "Sudan", "Ethiopia", "Somalia", "Uganda", "Rwanda", "Jordan",
	"Syria", "Iraq", "Iran", "Qatar", "Oman", "Yemen", "Pakistan", "Nepal", "Thailand", "Vietnam", "Indonesia", "Australia", "Canada", "Mexico", "Cuba", "Peru", "Chile",
	"Argentina", "London", "Paris", "Berlin", "Rome", "Cairo", "Moscow", "Tokyo", "Geneva", "Vienna", "Brussels", "Madrid", "Nairobi", "Tripoli"}
