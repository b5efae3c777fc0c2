// TMX through Poco's SAX parser. What a file may do to a reader is bounded: no entities of its own, nothing is fetched,
// depth and texts are limited.
#include <Poco/SAX/Attributes.h>
#include <Poco/SAX/DeclHandler.h>
#include <Poco/SAX/DefaultHandler.h>
#include <Poco/SAX/InputSource.h>
#include <Poco/SAX/Locator.h>
#include <Poco/SAX/SAXException.h>
#include <Poco/SAX/SAXParser.h>

#include <algorithm>
#include <istream>
#include <vector>

#include "src/base/error.hpp"
#include "src/content/placeholders.hpp"
#include "src/locale/text.hpp"
#include "src/memory/tmx.hpp"

namespace stele::memory {
namespace {

namespace xml = Poco::XML;

constexpr int deepest = 32;
constexpr size_t longest = 10'000;     // bytes of a text
constexpr size_t longest_name = 200;   // characters
constexpr size_t most_variants = 200;  // of a unit

[[noreturn]] void refuse(std::string message, std::int64_t line, Params params = {}) {
    params.push_back({"line", line});
    throw Error(ErrorCode::invalid, "tmx", {}, {{"", std::move(message), std::move(params)}});
}

// "20020413T023401Z" (TMX 1.4b, changedate).
std::optional<Time> time_from(std::string_view text) {
    if (text.size() != 16 || text[8] != 'T' || text[15] != 'Z') return std::nullopt;
    const auto number = [&](size_t at, size_t length) {
        int n = 0;
        for (const char c : text.substr(at, length)) n = c >= '0' && c <= '9' && n >= 0 ? n * 10 + (c - '0') : -1;
        return n;
    };
    using namespace std::chrono;
    const int parts[] = {number(0, 4), number(4, 2), number(6, 2), number(9, 2), number(11, 2), number(13, 2)};
    if (std::ranges::any_of(parts, [](int n) { return n < 0; })) return std::nullopt;
    const year_month_day date{year(parts[0]), month(unsigned(parts[1])), day(unsigned(parts[2]))};
    if (!date.ok() || parts[0] < 1970 || parts[3] > 23 || parts[4] > 59 || parts[5] > 60) return std::nullopt;
    return Time(sys_days(date)) + hours(parts[3]) + minutes(parts[4]) + seconds(parts[5]);
}

struct Marks {
    std::string actor;
    std::optional<Time> at{};
};

Marks marks_of(const xml::Attributes& attributes) {
    Marks marks;
    for (const char* name : {"changeid", "creationid"})
        if (marks.actor.empty()) marks.actor = locale::cut_chars(attributes.getValue(name), longest_name);
    for (const char* name : {"changedate", "creationdate"})
        if (!marks.at) marks.at = time_from(attributes.getValue(name));
    return marks;
}

bool same_language(std::string_view a, std::string_view b) {
    const auto plain = [](char c) { return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c == '_' ? '-' : c; };
    return std::ranges::equal(a, b, {}, plain, plain);
}

struct Variant {
    std::string language, text;
    Marks marks;
    bool whole = false;  // it has a text, which is not too long
};

class Reader final : public xml::DefaultHandler, public xml::DeclHandler {
  public:
    explicit Reader(const std::function<void(TmxUnit&&)>& each) : each_(each) {}

    std::int64_t line() const { return locator_ ? locator_->getLineNumber() : 0; }
    std::int64_t left_out() const { return left_out_; }
    void check_whole() const {
        if (!root_seen_) refuse("tmx.not-tmx", line());
    }

    void setDocumentLocator(const xml::Locator* locator) override { locator_ = locator; }

    void startElement(const xml::XMLString&, const xml::XMLString&, const xml::XMLString& name,
                      const xml::Attributes& attributes) override {
        if (++depth_ > deepest) refuse("tmx.too-deep", line(), {{"limit", std::int64_t(deepest)}});
        if (depth_ == 1 && name != "tmx") refuse("tmx.not-tmx", line());
        root_seen_ = true;
        if (in_text_ > 0) return start_code(name);
        if (name == "header") srclang_ = attributes.getValue("srclang");
        if (name == "tu") start_unit(attributes);
        if (name == "tuv" && in_unit_) start_variant(attributes);
        if (name == "seg" && in_unit_ && !variants_.empty()) in_text_ = depth_, variants_.back().whole = true;
    }

    void endElement(const xml::XMLString&, const xml::XMLString&, const xml::XMLString& name) override {
        if (depth_ == in_code_) end_code();
        if (depth_ == in_text_) in_text_ = 0;
        if (name == "tu" && in_text_ == 0) end_unit();
        --depth_;
    }

    void characters(const xml::XMLChar text[], int start, int length) override {
        if (in_text_ == 0) return;
        add(in_code_ > 0 ? code_ : variants_.back().text, {text + start, size_t(length)});
    }
    void ignorableWhitespace(const xml::XMLChar text[], int start, int length) override {
        characters(text, start, length);
    }

    void attributeDecl(const xml::XMLString&, const xml::XMLString&, const xml::XMLString*,
                       const xml::XMLString*) override {}
    void elementDecl(const xml::XMLString&, const xml::XMLString&) override {}
    void internalEntityDecl(const xml::XMLString&, const xml::XMLString&) override { refuse("tmx.entities", line()); }
    void externalEntityDecl(const xml::XMLString&, const xml::XMLString*, const xml::XMLString&) override {
        refuse("tmx.entities", line());
    }

  private:
    // bpt, ept, it, ph, ut: codes of the tool that wrote the file. hi only marks a stretch of text.
    void start_code(const xml::XMLString& name) {
        if (name == "hi" || in_code_ > 0) return;
        in_code_ = depth_;
        code_.clear();
    }
    void end_code() {
        in_code_ = 0;
        const auto found = content::find_placeholders(code_);
        const bool one = found.size() == 1 && found[0].begin == 0 && found[0].end == code_.size();
        if (one) add(variants_.back().text, code_);
    }

    // Nothing of a text that is too long, which is left out in the end.
    void add(std::string& into, std::string_view piece) {
        if (into.size() + piece.size() > longest)
            variants_.back().whole = false;
        else
            into += piece;
    }

    void start_unit(const xml::Attributes& attributes) {
        in_unit_ = true;
        variants_.clear();
        unit_srclang_ = attributes.getValue("srclang");
        marks_ = marks_of(attributes);
    }
    void start_variant(const xml::Attributes& attributes) {
        if (variants_.size() == most_variants) refuse("tmx.too-many", line(), {{"limit", std::int64_t(most_variants)}});
        auto language = attributes.getValue("xml:lang");
        if (language.empty()) language = attributes.getValue("lang");  // TMX 1.1
        variants_.push_back({std::move(language), {}, marks_of(attributes), false});
    }

    const Variant* source() const {
        const auto& language = unit_srclang_.empty() ? srclang_ : unit_srclang_;
        for (const auto& variant : variants_)
            if (same_language(variant.language, language)) return &variant;
        return &variants_.front();
    }

    void end_unit() {
        in_unit_ = false;
        if (variants_.empty()) return;
        const auto* from = source();
        for (const auto& to : variants_) {
            if (&to == from) continue;
            if (!from->whole || !to.whole || from->text.empty() || to.text.empty()) {
                ++left_out_;
                continue;
            }
            TmxUnit unit{from->language, to.language, from->text, to.text, to.marks.actor, to.marks.at};
            if (unit.actor.empty()) unit.actor = marks_.actor;
            if (!unit.at) unit.at = marks_.at;
            each_(std::move(unit));
        }
    }

    const std::function<void(TmxUnit&&)>& each_;
    const xml::Locator* locator_ = nullptr;
    int depth_ = 0, in_text_ = 0, in_code_ = 0;  // the latter two: at which depth; 0 = outside
    bool root_seen_ = false, in_unit_ = false;
    std::string srclang_, unit_srclang_, code_;
    Marks marks_;
    std::vector<Variant> variants_;
    std::int64_t left_out_ = 0;
};

}  // namespace

std::int64_t read_tmx(std::istream& in, const std::function<void(TmxUnit&&)>& each) {
    Reader reader(each);
    xml::SAXParser parser;
    parser.setFeature(xml::XMLReader::FEATURE_NAMESPACES, false);
    parser.setFeature(xml::XMLReader::FEATURE_EXTERNAL_GENERAL_ENTITIES, false);
    parser.setFeature(xml::XMLReader::FEATURE_EXTERNAL_PARAMETER_ENTITIES, false);
    parser.setContentHandler(&reader);
    parser.setProperty(xml::XMLReader::PROPERTY_DECLARATION_HANDLER, static_cast<xml::DeclHandler*>(&reader));
    xml::InputSource source(in);
    try {
        parser.parse(&source);
    } catch (const xml::SAXParseException& fault) {
        refuse("tmx.not-xml", fault.getLineNumber(), {{"reason", fault.message()}});
    } catch (const Poco::Exception& fault) {
        refuse("tmx.not-xml", reader.line(), {{"reason", fault.message()}});
    }
    reader.check_whole();
    return reader.left_out();
}

}  // namespace stele::memory
