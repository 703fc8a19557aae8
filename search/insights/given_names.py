"""Given names that are frequent among the people whom municipal offices deal with; a question with one is never kept.

No list is complete. It is the second net: the first is that no word is kept which the portal does not write itself.
"""

from search.language.folding import fold

_NAMES = """
aaliyah abbas abdallah abdel abdi abdirahman abdul abdullah abdulrahman abeba achim ada adam adela adele adem adil
adnan adrian agata agnes agnieszka ahmad ahmed ahmet aida aisha aische ayse ayşe akif albert albrecht alejandro
aleksandar aleksandra alena alessandro alex alexander alexandra alexandre alexej alfred ali alia alice alina alisa
aliye aljona alma almaz alois alparslan alwin amal amanuel amar amelie amina amine amir amira amjad amna ana anas
anastasia anastasija anatoli anatolij andrea andreas andreea andrei andrej andrzej andrij angela angelika angelo anica
anika anita anja anke ann anna annabell anne annegret anneliese annemarie annette annika ansgar anton antonia antonio
antonius anwar arif arjeta armin arne arno arnold artem arthur artjom artur arzu asad asif asja asli aslı asma asmaa
astrid aurel awet axel aya ayaan aydan aygül aylin aynur ayub aziz azra bahar bakir barbara bärbel basel bashir bassam
bastian beata beate beatrice beatrix behar belal ben benedikt benjamin berat berhane berivan bernadette bernd bernhard
bert berta bettina bianca bilal birgit birgül birte bjarne björn bogdan bojan boris branislav brigitta brigitte britta
bruno burak burhan burkhard bülent büsra büşra can carina carla carlo carlos carmen carola caroline carsten catharina
celina cem cemal cemile cengiz chaima charlotte chiara chris christa christel christiane christin christina christine
christof christoph christopher ciara claudia claus clemens conny constantin constanze cora corinna cornelia cristian
cristina dagmar dalia dana daniel daniela danijel danilo danuta daria dariusz darja davit david dawit deborah denis
deniz dennis derya detlef deborah diana diego dieter dietmar dietrich dilara dilek dimitar dimitri dina dirk diyar
dmitri dmitrij dmytro doha dominik dominika dominique dora doreen doris dorothea dorothee dragan duygu ebru eckhard
edda edgar edith edmund eduard edward ehsan eike ekaterina ekkehard elena eleni elfriede elham elias elif elijah elisa
elisabeth elise elke ella ellen elmar elsa elvira emanuel emil emilia emilie emin emine emir emma emmanuel emre engin
enrico enver erdal erdem erhard eric erich erik erika ermias ernestine erol erwin esma esra esther eugen eva evelyn
ewa eyüp ezgi fabian fabienne fadi fadime fahad faisal falk farah farhad farid fariba fatemeh fatima fatih fatma
fatme fatoumata faysal felicitas felix ferdinand ferhat fidan filiz filip finn fiona firas florence florian francesca
francesco franka frank franz franziska frauke freya frieda friedemann friederike friedhelm friedrich fritz frida
gabriel gabriela gabriele galina gamze gebhard gennadij georg george georgios gerald gerd gerda gerhard gerlinde gero
gertrud ghassan giovanni gisela giulia giuseppe gizem goran grazyna gregor grigorij grit gudrun guido gül gülay gülcan
gülsen gülşen gundula günter günther gürkan gustav habib habtom hacer hadi hafsa haifa hakan halil halima halina
hamid hamida hamza hana hanan hani hanife hanna hannah hannelore hannes hans hansjörg harald harun hartmut hasan
hassan hassiba hatice hava haydar hedwig heidi heidrun heike heiko heiner heinrich heinz helena helene helga helge
hella helmut hendrik henning henri henrike herbert hermann hermine hiba hilal hilde hildegard hiltrud hind holger
horst hubert hüseyin hussein huda hugo husam ibrahim ida idris ignaz igor ihor ikram ilham ilias ilja ilka ilona
ilse iman imke imran ina ines inga inge ingeborg ingo ingrid inka ioana ion iris irena irene irina irmgard isa isabel
isabell isabella isabelle isaias iskender ismael ismail iva ivan ivana iwan iwona jacek jacqueline jakob jakub jamal
jamila jan jana janina janine janis janusz jasmin jasmina jassim jawad jean jelena jennifer jens jeremias jerzy
jessica jihad jihan joachim joana joanna jochen joel johann johanna johannes john jonas jonathan jörg jörn josef
josefine josephine joseph joshua josip jovan juan judith julia julian juliane julija julius jurij jürgen jusuf justin
justyna kadir kamal kamil kamila karen karim karima karin karina karl karla karolina karsten karsten katarina
katarzyna katerina katharina kathrin katja katrin kemal kenan kerstin kevin khadija khadra khaled khalid khalil kim
kirsten kirill klara klaudia klaus konrad konstantin konstanze korbinian krasimir kristian kristin kristina kristof
krzysztof kurt laila lamia lara larissa lars lasse latifa laura laurenz layla lea leila leman lena leni lennart leon
leonard leoni leonie leonid leonora leopold leyla lidia liliana lilli lina linda linus lisa liselotte ljubica
ljudmila ljudmyla lorenz lothar louis louisa lubna luca lucas lucia lucie ludger ludmila ludwig luigi luis luisa
lukas lutz lydia maciej magda magdalena magdolna maha mahdi mahmoud mahmud mahnaz mahsa maik maike maja maksim maksym
malak malek malgorzata malte mandy manfred manuel manuela marc marcel marco marcus marek maren margarete margarita
margit margot margret maria mariam marian marianne mariana marie marija marijan marina mario marion marita marius
marjam marko markus marlene marlies marta martha martin martina marwa marwan maryam maryna massoud mathias mathilde
matteo matthias maurice max maxim maximilian maya mebrahtu mechthild medine medina mehdi mehmed mehmet mehran meike
melanie melek meltem meral mercan meryem merve mete michael michaela michail michal michel michele miguel mihaela
mihai mika mikael mike mila milan milena milica milos mina mira miriam mirjana mirko miroslav mohamad mohamed
mohammad mohammed mohsen moh moritz mostafa mouna muhamed muhammad muhammed muhammet mukhtar mumtaz munir murad murat
mürsel musa mustafa nabil nada nadia nadija nadine nadja nadeschda nahla naida naim najib najla nancy narges nasim
nasir nasrin natalia natalie natalija natascha nawal nazan nazanin nazli nebahat nele nermin nesrin neslihan nevin
nico nicola nicole nihad nihat nikita niklas niko nikola nikolai nikolaus nils nina nino noah noemi nora norbert
norman nour nura nuran nuray nurcan nurhan nuri nurten oguz oksana olaf olajide oleg oleh oleksandr oleksandra
oleksij olena olga oliver olivia omar omid omer ömer oskar osman oswald otto ousmane özcan özgür özlem pamela parisa
parwin pascal patricia patrick patrik paul paula pauline pavel pawel pedro peggy per petar peter petra petro philip
philipp philippe pia pierre pinar piotr quentin rabia rachel rafael rafal rafet raffaela raghad rahel rahim rahma
raimund rainer raisa ralf ralph rami ramin ramona ramazan rana rania raphael rasha rashid rasim rauf rebecca rebekka
recep regina regine reiner reinhard reinhold rejhan remzi renata renate rene resul reza riad ricarda ricardo richard
rim rita robert roberta roberto robin roland rolf roman romy ronald ronja ronny rosemarie rosi roswitha roya rudi
rudolf rukiye rumen ruslan ruth saad sabina sabine sabri sabrina sadia sadik said saida sajjad sakine saleh salem
salih salim salma salome salomon saman samantha samar samer sami samir samira samuel sana sander sandra sanja sara
sarah sascha saskia sebastian seda selam selcuk selda selim selin selma semra sena serap serdar serge sergej sergej
sergij serhat serhij sevda sevgi sevim seydou seyed shadi shaban shahin sherin shirin sibel sibylle siegbert siegfried
sigrid silas silke silvia simon simona simone sinan sina sissoko slavica slawomir slobodan snezana sofia sofija
soheila soner sonja sophia sophie soraya sören stanislav stanislaw stefan stefanie steffen steffi stella stepan
stephan stephanie stephen steven süleyman sultan suad susan susann susanna susanne suzan sven svenja svetlana
svitlana swetlana sylke sylvia tadesse tahir taisija talal tamara tamer tanja tarek tariq tatjana tatyana tayfun
teodor teresa tesfay tetiana tetjana thea theo theodor theresa theresia thomas thorsten tilo tim timo timur tina
titus tobias tom tomasz toni torben torsten traudel tristan tsegay tuba tugba tülay tülin udo ufuk ugur ulf uli
ulrich ulrike umar ümit umut ursula usman uta ute uwe valentin valentina valeria valerie valerij vanessa vasil vasile
vasyl veit vera veronika vesna victoria viktor viktoria viktorija vincent viola violeta vitali vitalij vivien vlad
vladimir volodymyr volker walburga waldemar wali walid walter waltraud wanda wassim wendelin werner wiebke wieland
wiktor wilfried wilhelm wilhelmine willi willibald willy winfried wladimir wojciech wolfgang wolfram wolodymyr xaver
xenia yahya yannick yana yasemin yasin yasmin yasser yassin yaprak yeliz yevhen yildiz yılmaz yohannes yonas younes
yousef yuliia yunus yuri yusuf yvonne zahra zahide zainab zakaria zara zehra zeinab zeki zeliha zeynep zlatko zoe
zoran zübeyde zuhal zulaikha
"""

GIVEN_NAMES = frozenset(fold(name) for name in _NAMES.split())
