// What the checks say, language by language: what is wrong is told, what is good is left alone.
#include <boost/test/unit_test.hpp>

#include "tests/checks/checking.hpp"

using namespace stele;
using namespace stele::testing;
using checks::Check;

namespace {

struct Case {
    Texts texts;
    std::string told;
    std::string mended{};  // by the first mend there is
};

void run(std::string_view check, const std::vector<Case>& cases) {
    for (const auto& one : cases) {
        const auto input = input_of(one.texts);
        BOOST_TEST_CONTEXT(one.texts.source << " → " << one.texts.target) {
            BOOST_TEST(told(input, check) == one.told);
            if (!one.mended.empty()) BOOST_TEST(mended(input, checks::check_named(check).value()) == one.mended);
        }
    }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(what_checks_find)

BOOST_AUTO_TEST_CASE(numbers_are_compared_as_values_of_their_locales) {
    run("numbers",
        {{{"en", "nb", "It says 90 here.", "Her står det 80."}, "numbers.differs", "Her står det 90."},
         {{"en", "nb", "It costs 1,000.5 kroner in 2016.", "Det koster 1 000,5 kroner i 2016."}, ""},
         {{"en", "nb", "It costs 1,000.5 kroner.", "Det koster 1\u00A0000,5 kroner."}, ""},
         {{"en", "fr", "Some 12,500 people", "Quelque 12\u202F500 personnes"}, ""},
         {{"en", "de", "Some 12,500 people", "Rund 12.500 Menschen"}, ""},
         {{"en", "de", "Some 12,500 people", "Rund 12,500 Menschen"}, "numbers.misread", "Rund 12.500 Menschen"},
         {{"en", "ar", "It costs 1,000.5 kroner in 2016.", "التكلفة ١٬٠٠٠٫٥ كرونة في ٢٠١٦."}, ""},
         {{"en", "ar", "There are 90 people.", "هناك ٨٠ شخصًا."}, "numbers.differs", "هناك ٩٠ شخصًا."},
         {{"en", "zh", "There are 90 people.", "有80人。"}, "numbers.differs", "有90人。"},
         {{"en", "hi", "There are 1,234,567 people.", "12,34,567 लोग हैं।"}, ""},
         {{"en", "nb", "Rooms 12 and 340 are free.", "Rom 340 og 12 er ledige."}, ""},
         {{"en", "nb", "Call 815 before 2030.", "Ring før 2030."}, "numbers.missing"},
         {{"en", "nb", "Call us before 2030.", "Ring 815 før 2030."}, "numbers.extra"}});
}

BOOST_AUTO_TEST_CASE(other_ways_of_writing_a_number_are_no_mistakes) {
    run("numbers",
        {{{"en", "nb", "3 people came", "Tre mennesker kom"}, ""},
         {{"en", "nb", "Eighty people came", "80 mennesker kom"}, ""},
         {{"en", "de", "40 people came", "Vierzig Menschen kamen"}, ""},
         {{"en", "ar", "2 cities", "مدينتان"}, ""},
         {{"en", "nb", "In the 20th century", "På 1900-tallet"}, ""},
         {{"en", "nb", "About 2.5 million people", "Omtrent 2 500 000 mennesker"}, ""},
         {{"en", "nb", "On 06/20/2018 at 2:30 pm", "20.06.2018 kl. 14.30"}, ""},
         {{"en", "de", "Open from 2 to 4 pm", "Geöffnet von 14 bis 16 Uhr"}, ""},
         {{"en", "nb", "At 12 am", "Kl. 0"}, ""},
         {{"en", "ar", "At 5 pm", "في الساعة ٥ مساءً"}, ""},
         {{"nb", "ar", "Kl. 17", "الساعة ٥ م"}, ""},
         {{"nb", "ja", "Kl. 17", "午後5時"}, ""},
         {{"nb", "en", "20.06.2018", "20 June 2018"}, ""},
         {{"nb", "en", "2015–16", "2015–2016"}, ""},
         {{"en", "nb", "In 2016 and again in 2016", "Begge deler i 2016"}, ""},
         {{"en", "nb", "See [it](https://a.example/2019/4711)", "Se [det](https://a.example/2019/4711)"}, ""},
         {{"en", "nb", "Version 3.10.2", "Versjon 3.10.2"}, ""}});
}

BOOST_AUTO_TEST_CASE(half_a_day_is_a_mistake_where_no_clock_is_spoken_of) {
    run("numbers", {{{"en", "nb", "The program has 5 teams", "Programmet har 17 lag"}, "numbers.differs"},
                    {{"en", "nb", "8 amateurs", "20 amatører"}, "numbers.differs"},
                    {{"en", "ar", "5 from Oslo came", "جاء ١٧ من أوسلو"}, "numbers.differs"},
                    {{"en", "ar", "From 5 cities", "من ١٧ مدينة"}, "numbers.differs"},
                    {{"en", "nb", "At 2 pm in room 5", "Kl. 14 i rom 17"}, "numbers.differs"}});
}

BOOST_AUTO_TEST_CASE(placeholders_are_neither_lost_nor_made_up) {
    run("placeholders", {{{"en", "nb", "Hello {name}, %d new", "Hei {name}, %d nye"}, ""},
                         {{"en", "nb", "%d new for {name}", "{name}: %d nye"}, ""},
                         {{"en", "nb", "Hello {name}", "Hei {navn}"}, "placeholders.extra", "Hei {name}"},
                         {{"en", "nb", "Hello {name}", "Hei du"}, "placeholders.missing"},
                         {{"en", "nb", "Hello you", "Hei {name} du"}, "placeholders.extra", "Hei du"},
                         {{"en", "nb", "50% of it, 100 % sure", "50 % av det, 100 % sikker"}, ""}});
}

BOOST_AUTO_TEST_CASE(links_lead_where_the_source_leads) {
    run("links",
        {{{"en", "nb", "[a](https://a.example) [b](/b)", "[b](/b) [a](https://a.example)"}, ""},
         {{"en", "nb", "[a](https://a.example)", "[a](https://c.example)"}, "links.changed", "[a](https://a.example)"},
         {{"en", "nb", "[a](https://a.example)", "a"}, "links.lost"},
         {{"en", "nb", "[a](https://a.example/en/x)", "[a](https://a.example/nb/x)"}, ""},
         {{"en", "nb", "[a](https://en.a.example/x)", "[a](https://no.a.example/x)"}, ""},
         {{"en", "nb", "See https://a.example.", "Se https://a.example."}, ""},
         {{"en", "nb", "See https://a.example.", "Se det."}, "links.lost"}});
    Texts texts{"en", "nb", "[a](https://new.example)", "[a](https://old.example)"};
    auto input = input_of(texts);
    input.basis = "[a](https://old.example)";
    BOOST_TEST(told(input, "links") == "");
}

BOOST_AUTO_TEST_CASE(marks_are_as_many_as_in_the_source) {
    run("marks", {{{"en", "nb", "A **bold** *word* and `code`", "Et **fet** *ord* og `code`"}, ""},
                  {{"en", "nb", "A **bold** word", "Et fet ord"}, "marks.strong"},
                  {{"en", "nb", "A *word*", "Et ord"}, "marks.emphasis"},
                  {{"en", "ar", "A *word*", "كلمة"}, ""},
                  {{"en", "nb", "Type `ls -l`", "Skriv `ls`"}, "marks.code-changed"},
                  {{"en", "nb", "2 * 3 * 4", "2 * 3"}, ""}});
}

BOOST_AUTO_TEST_CASE(quotation_marks_are_the_languages_own) {
    run("quotes", {{{"en", "nb", "He said “yes”.", "Han sa «ja»."}, ""},
                   {{"en", "nb", "He said “yes”.", "Han sa \"ja\"."}, "quotes.other", "Han sa «ja»."},
                   {{"en", "nb", "He said “yes”.", "Han sa “ja”."}, "quotes.other", "Han sa «ja»."},
                   {{"nb", "en", "Han sa «ja».", "He said «yes»."}, "quotes.other", "He said “yes”."},
                   {{"en", "de", "He said “yes”.", "Er sagte „ja“."}, ""},
                   {{"en", "de", "He said “yes”.", "Er sagte »ja«."}, ""},
                   {{"en", "de", "He said “yes”.", "Er sagte \"ja\"."}, "quotes.other", "Er sagte „ja“."},
                   {{"en", "fr", "He said “yes”.", "Il a dit \"oui\"."}, "quotes.other", "Il a dit «\u202Foui\u202F»."},
                   {{"en", "fr", "He said “yes”.", "Il a dit «\u202Foui\u202F»."}, ""},
                   {{"en", "ar", "He said “yes”.", "قال «نعم»."}, ""},
                   {{"en", "sv", "He said “yes”.", "Han sa ”ja”."}, ""},
                   {{"en", "nb", "“Come,” he said, “now.”", "«Kom», sa han, «nå.»"}, ""},
                   {{"en", "nb", "It's 5\" wide", "Den er 5\" bred"}, ""}});
}

BOOST_AUTO_TEST_CASE(signs_have_the_spaces_of_the_language) {
    run("spacing", {{{"en", "fr", "What is it?", "Qu’est-ce ?"}, "spacing.breakable", "Qu’est-ce\u202F?"},
                    {{"en", "fr", "What is it?", "Qu’est-ce?"}, "spacing.missing", "Qu’est-ce\u202F?"},
                    {{"en", "fr", "What is it?", "Qu’est-ce\u202F?"}, ""},
                    {{"en", "fr", "So: yes", "Donc\u00A0: oui"}, ""},
                    {{"en", "fr", "At 14:30", "À 14:30"}, ""},
                    {{"en", "fr-CA", "What is it?", "Qu’est-ce?"}, ""},
                    {{"en", "nb", "They met, and left.", "De møttes , og dro."}, "spacing.extra", "De møttes, og dro."},
                    {{"en", "nb", "They met, and left.", "De møttes, og dro ..."}, ""},
                    {{"en", "ar", "Oslo, Bergen", "أوسلو, برغن"}, "spacing.sign", "أوسلو، برغن"},
                    {{"en", "ar", "1,5 or 2", "1,5 أو 2"}, ""}});
}

BOOST_AUTO_TEST_CASE(a_sentence_ends_as_in_the_source_with_its_scripts_own_sign) {
    run("end-punctuation",
        {{{"en", "nb", "One sentence that ends here.", "En setning som slutter her"},
          "end-punctuation.missing",
          "En setning som slutter her."},
         {{"en", "ar", "Is this a question?", "هل هذا سؤال"}, "end-punctuation.missing", "هل هذا سؤال؟"},
         {{"en", "ar", "Is this a question?", "هل هذا سؤال؟"}, ""},
         {{"en", "ar", "Is this a question?", "هل هذا سؤال."}, "end-punctuation.other", "هل هذا سؤال؟"},
         {{"en", "fr", "Is this a question?", "Est-ce une question"},
          "end-punctuation.missing",
          "Est-ce une question\u202F?"},
         {{"en", "fr-BE", "Is this a question?", "Est-ce une question."},
          "end-punctuation.other",
          "Est-ce une question\u202F?"},
         {{"en", "fr-CA", "Is this a question?", "Est-ce une question."},
          "end-punctuation.other",
          "Est-ce une question?"},
         {{"en", "fr", "They come as one.", "Viennent-ils\u202F?"}, "end-punctuation.other", "Viennent-ils."},
         {{"en", "zh", "This is a whole sentence.", "这是一个完整的句子。"}, ""},
         {{"en", "zh", "Is this a question?", "这是一个问题"}, "end-punctuation.missing", "这是一个问题？"},
         {{"en", "hi", "This is a whole sentence.", "यह एक पूरा वाक्य है।"}, ""},
         {{"en", "el", "Is this a question?", "Είναι ερώτηση;"}, ""},
         {{"en", "th", "This is a whole sentence.", "นี่คือประโยคที่สมบูรณ์"}, ""},
         {{"en", "nb", "They call it “home.”", "De kaller det «hjem»."}, ""},
         {{"en", "nb", "He said **no, never ever**.", "Han sa **nei, aldri**."}, ""},
         {{"en", "nb", "Bikes, cars etc.", "Sykler, biler og så videre"}, ""}});
}

BOOST_AUTO_TEST_CASE(spaces_and_words_are_not_doubled) {
    run("spaces", {{{"en", "nb", "Two words", "To  ord"}, "spaces.doubled", "To ord"},
                   {{"en", "nb", "Two\nlines", "To  \nlinjer"}, ""},
                   {{"en", "nb", "Two words", "To ord"}, ""}});
    run("repeated-word", {{{"en", "nb", "These words", "Disse disse ordene"}, "repeated-word.repeated", "Disse ordene"},
                          {{"en", "en-GB", "They had had enough", "They had had enough"}, ""},
                          {{"en", "de", "Those who know them", "Die, die die kennen"}, ""},
                          {{"en", "tr", "Slowly", "yavaş yavaş"}, ""},
                          {{"en", "nb", "Again and again, again", "Igjen, igjen"}, ""}});
}

BOOST_AUTO_TEST_CASE(directions_that_are_opened_are_closed) {
    run("bidi", {{{"en", "ar", "Call", "\u2067اتصل\u2069"}, ""},
                 {{"en", "ar", "Call", "\u2067اتصل"}, "bidi.open", "اتصل"},
                 {{"en", "ar", "Call", "اتصل\u2069"}, "bidi.stray", "اتصل"},
                 {{"en", "ar", "Call", "\u202Eاتصل"}, "bidi.open", "اتصل"},
                 {{"en", "ar", "Call", "\u2067\u202Aاتصل\u2069"}, "bidi.open"},
                 {{"en", "ar", "Call", "\u200Fاتصل\u200E"}, ""}});
}

BOOST_AUTO_TEST_CASE(what_is_left_in_the_sources_language_is_told) {
    const std::string english =
        "The mayor says the municipality is joining the network because it believes in responsibility and solidarity.";
    run("same-as-source",
        {{{"en", "nb", english, english}, "same-as-source.same"},
         {{"en", "nb", "Internet", "Internet"}, ""},
         {{"en", "nb", "Ingunn Trosholmen, Lillehammer 2016", "Ingunn Trosholmen, Lillehammer 2016"}, ""},
         {{"nb", "nn", "Les meir her", "Les meir her"}, ""}});
    run("language", {{{"en", "nb", english, "Ordføreren sier kommunen blir med. " + english}, "language.left"},
                     {{"en", "ar", english, "يقول العمدة إن البلدية تنضم إلى الشبكة. " + english}, "language.left"},
                     {{"en", "nb", english,
                       "Ordføreren sier kommunen slutter seg til nettverket fordi de tror på ansvar og solidaritet."},
                      ""},
                     {{"nb", "da", "Kommunen slutter seg til nettverket fordi de tror på ansvar og solidaritet i byen.",
                       "Kommunen slutter seg til netværket, fordi de tror på ansvar og solidaritet i byen."},
                      ""}});
}

BOOST_AUTO_TEST_CASE(lengths_beyond_the_field_or_all_reason_are_told) {
    Texts texts{"en", "nb", "Short", "Ganske lang"};
    auto input = input_of(texts);
    input.max_chars = 5;
    BOOST_TEST(told(input, "length") == "length.over");
    const std::string sentence = "A sentence of some length that says quite a lot about the harbour and its boats.";
    run("length",
        {{{"en", "nb", sentence, "Kort."}, "length.short"},
         {{"en", "zh", "A sentence of some length about the harbour and its boats and all of its people here.",
           "关于港口、船只和那里所有人的一句较长的话。"},
          ""}});
}

BOOST_AUTO_TEST_CASE(a_machines_text_is_to_be_read) {
    Texts texts{"en", "nb", "Some words", "Noen ord"};
    auto input = input_of(texts);
    BOOST_TEST(told(input) == "");
    input.origin = "machine";
    BOOST_TEST(told(input) == "machine.unread");
}

BOOST_AUTO_TEST_CASE(a_policy_is_read_from_an_option) {
    std::string mistake;
    const auto policy = checks::Policy::parse("numbers=error, quotes = off", mistake).value();
    BOOST_TEST((policy.severity(Check::numbers) == checks::Severity::error));
    BOOST_TEST((policy.severity(Check::quotes) == checks::Severity::off));
    BOOST_TEST((policy.severity(Check::bidi) == checks::Severity::error));
    BOOST_TEST(!checks::Policy::parse("numbers=loud", mistake));
    BOOST_TEST(mistake == "numbers=loud");
    Texts texts{"en", "nb", "He said “90”.", "Han sa \"80\"."};
    const auto found = checks::check(input_of(texts), policy);
    BOOST_TEST_REQUIRE(found.size() == 1u);
    BOOST_TEST((found[0].severity == checks::Severity::error));
}

BOOST_AUTO_TEST_SUITE_END()
