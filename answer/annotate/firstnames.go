package annotate

import "footnote/answer/words"

// firstNames are names that a list of everyday words holds too. With another
// capital behind it such a word at the head of a sentence begins a name: "Peter
// Berg said", not "Police Chief Berg said".
var firstNames = words.Set(`aaron abel abraham adam agnes al albert alfred ali amber andrew angel anna anne annie anthony ariel arthur austin barry
	basil bernard bill billy blake bob bobby brad bruce bruno bryan caesar carlos carol caroline cary catherine cecil cesar chad charles charlie
	charlotte chester chloe christian christina chuck clark clay clement cliff clive clyde cody cole colin constance cora craig crystal curt
	cynthia daisy dale dana daniel daphne david dawn deborah derrick dexter diana dick dinah dirk dolly dominic don donna doris douglas drew
	dudley duncan eddy edgar edward edwin elaine eli elizabeth emery ernst esther eugene evelyn florence floyd ford frances francis frank franklin
	frederick gabriel gale gary gene george gideon gilbert glen glenn gloria gordon grace graham gregory guy han hank hannah hans harry harvey
	hazel heather hector heinz helen henry herb herbert holly homer horace howard hugo hui humphrey ines irene iris irving isaac ivan ivy jack
	jacob jade jake james jan jane janet jasmine jason jasper jay jean jeffrey jerome jerry jesse jesus jill jimmy joan joe joel john johnny jonah
	jonathan jordan joseph josh joshua joy joyce judas jude judith judy jules julian juliet jun karen kay ken kent kerry kirk kitty lars lawrence
	leah lee lena leo leon lewis li lily lloyd loren lorraine louis lucy luke luther lydia lynn marc margaret maria marian marina mark martha
	martin marvin mary mason matt matthew maurice maxim maya meredith michael mike miles milton ming miranda morgan morris moses murray myrtle
	nancy naomi nathan nelson nicholas nick nina noah noel nora norma norman octavia oliver oscar otis otto owen paddy pascal pat patrick patsy
	patty paul pauline percy perry peter petra philip phoebe pierre piers preston ralph randy raphael ray reed regina rex ricardo richard rick rob
	robin rod rodney roger roland roman romeo rosa rose rosemary ross ruby rupert russell ruth sally samson samuel sandy sarah saul scarlet
	scott seth shannon sharon sherman sherry sidney simon sofia sophia spencer stanley stella stephen stuart sue susan sven tara tate taylor
	terence terry theresa thomas tiffany timothy toby todd tom tommy tony tyler ursula valentine vance vera veronica vicky victor victoria
	violet virgil virginia vivian wade wallace walter warren wayne wen wesley whitney will william xavier yang`)
