package madeup

var months = list("january february march april may june july august september october november december")

var weekdays = list("monday tuesday wednesday thursday friday saturday sunday")

var cardinals = list("two three four five six seven eight nine ten eleven twelve fifteen sixteen eighteen twenty thirty forty fifty")

var determiners = set("the a an his her their its this that every each another our")

var before = set("in at from near to off towards outside around across")

var behindNoun = set("of in on at for with from to by and or is was were are had has have will would that which who as but until after before since when where")

// kept are words that are written with a capital and yet name nothing that could be exchanged.
var kept = set("i mr mrs ms dr cllr prof sir dame lord lady saint st no monday pm am utc gmt ceo faq pdf url api usb wifi gps " +
	"interior prime foreign defence vice deputy sergeant colonel lieutenant general captain christmas easter god internet europe european english british french german")

// bodies are words that names of organisations end in, by which they are known for such.
var bodies = set("council ministry party union league university club group court agency committee police army bank office service association society trust institute school hospital company board front movement commission guard force forces")
