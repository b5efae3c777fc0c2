#include "src/exchange/import_read.hpp"

#include <fmt/format.h>

namespace stele::exchange {
namespace {

class Reader {
  public:
    Reader(const Importing& importing, Group group, const std::optional<editing::Article>& article,
           const std::vector<storage::File>& kept)
        : in_(importing), group_(std::move(group)), article_(article), kept_(kept) {}

    ReadGroup run() {
        read_type();
        read_documents();
        return {std::move(type_), std::move(documents_)};
    }

  private:
    const Store& store() const { return in_.store; }

    // The source's file says the type; else it is as it was.
    void read_type() {
        type_ = article_ ? article_->type : "page";
        const auto* source = &group_.files.front();
        for (const auto& file : group_.files)
            if (article_ ? file.opened.name.locale == article_->source_locale : says_source(file)) source = &file;
        if (article_ && source->opened.name.locale != article_->source_locale) return;
        const auto* entry = source->opened.front.find("type");
        if (!entry || entry->value.kind != Yaml::Kind::scalar) return;
        if (store().types.find(entry->value.text)) {
            type_ = entry->value.text;
        } else {
            type_ = "page";
            in_.report.warnings.push_back({source->opened.path, entry->line,
                                           fmt::format("the type \"{}\" is not known", entry->value.text),
                                           "it is imported as page; add a content type of that name"});
        }
    }

    static bool says_source(const Input& file) {
        const auto* entry = file.opened.front.find("source");
        return entry && locale::Tag::parse(entry->value.text) == file.opened.name.locale;
    }

    void read_documents() {
        const auto& type = store().types.find_or_page(type_);
        for (auto& file : group_.files) {
            const auto path = file.opened.path;
            try {
                Read read{read_document(std::move(file.opened), type, [&](const auto& p) { return in_.files.read(p); }),
                          std::move(file.bytes), std::move(file.exact), std::nullopt};
                read.place = place_of(read.document);
                if (refuse_second(read.document, read.place)) continue;
                find_base(read, type);
                documents_.push_back(std::move(read));
            } catch (const BadFile& e) {
                in_.report.bad.push_back({path, e.line, e.what(), e.remedy});
            }
        }
    }

    bool refuse_second(const Document& d, storage::OriginId place) {
        std::string other;
        for (const auto& read : documents_)
            if (read.document.locale == d.locale) other = read.document.path;
        for (const auto& file : kept_)
            if (file.locale == d.locale.text() && file.path.ends_with(".md") && file.path != d.path &&
                (file.origin == in_.place || file.origin == place) && in_.index.has(file.path))
                other = file.path;
        if (other.empty()) return false;
        in_.report.bad.push_back(
            {d.path, 0, fmt::format("{} has this key and locale, too", other), "remove one of them"});
        return true;
    }

    storage::OriginId place_of(const Document& d) const {
        if (!d.package) return in_.place;
        return store()
            .db.reading([&](db::Connection& c) { return storage::find_origin(c, *d.package); })
            .value_or(storage::OriginId::none);
    }

    // What the file was when it was last imported or exported, under this name or a former one.
    void find_base(Read& read, const content::ContentType& type) {
        const storage::File* found = nullptr;
        for (const auto& file : kept_) {
            if (file.origin != read.place || !file.path.ends_with(".md") || file.locale != read.document.locale.text())
                continue;
            if (!found || file.path == read.document.path) found = &file;
        }
        if (!found) return;
        try {
            auto opened = open_file(found->path, *parse_file_name(found->path), found->content);
            if (!opened) return;
            read.base =
                read_document(std::move(*opened), type, [&](const auto& p) { return kept_text(read.place, p); });
            read.kept_path = found->path;
            read.untouched = found->content == read.bytes && read.base->shared == read.document.shared;
        } catch (const BadFile&) {
            read.base.reset();  // it was read under another content type: nothing is known of before
        }
    }

    std::optional<std::string> kept_text(storage::OriginId place, const std::string& path) const {
        for (const auto& file : kept_)
            if (file.origin == place && file.path == path) return file.content;
        return std::nullopt;
    }

    const Importing& in_;
    Group group_;
    const std::optional<editing::Article>& article_;
    const std::vector<storage::File>& kept_;
    std::string type_;
    std::vector<Read> documents_;
};

Input read_input(const FileSource& files, const std::string& path, std::uint64_t hash) {
    auto bytes = read_content(files, path);
    auto exact = content::exact_hash(bytes);
    if (short_hash(exact) != hash) throw BadFile(0, "it was changed while it was being read", "import again");
    return {open_file(path, parse_file_name(path).value(), bytes).value(), std::move(bytes), std::move(exact)};
}

}  // namespace

std::string read_content(const FileSource& files, const std::string& path) {
    auto bytes = files.read(path);
    if (!bytes) throw BadFile(0, "it cannot be read, or is over 4 MB", "make it readable, or split it");
    return std::move(*bytes);
}

std::uint64_t short_hash(const std::string& exact) { return std::hash<std::string>()(exact); }

Group read_files(const FileSource& files, const Index& index, const FoundArticle& found) {
    Group group{.article = found.article, .files = {}, .bad = {}};
    for (const auto& file : found.files) {
        const auto& path = index.paths[file.path];
        try {
            group.files.push_back(read_input(files, path, file.hash));
        } catch (const BadFile& e) {
            group.bad.push_back({path, e.line, e.what(), e.remedy});
        }
    }
    return group;
}

ReadGroup read_group(const Importing& importing, Group group, const std::optional<editing::Article>& article,
                     const std::vector<storage::File>& kept) {
    return Reader(importing, std::move(group), article, kept).run();
}

}  // namespace stele::exchange
