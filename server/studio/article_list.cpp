// All articles by title, found by key, number or the words of a title.
#include <algorithm>

#include "server/studio/choices.hpp"
#include "server/studio/shell.hpp"
#include "server/studio/studio.hpp"
#include "server/urls.hpp"
#include "src/worklist/board.hpp"

namespace stele::studio {
namespace {

using accounts::Action;
constexpr int rows_per_page = 50;

Time last_change(const worklist::BoardRow& row) {
    Time last{};
    for (const auto& e : row.editions) last = std::max(last, e.updated_at);
    return last;
}

ViewData row_view(const App& app, const Call& call, const worklist::BoardRow& row) {
    auto view = view_object();
    put(view, "href", article_path(row.id));
    put(view, "text", row.title);
    put_language(view, row.title_locale);
    put(view, "key", row.key);
    put(view, "type", type_name(app, call, row.type));
    put(view, "source", language_label(call, row.source_locale));
    put(view, "updated", time_view(app, call, last_change(row)));
    return view;
}

}  // namespace

http::Response list_articles(App& app, const Call& call) {
    require(call, Action::read_drafts, std::nullopt);
    const auto store = store_of(app);
    const auto text = call.request.query("q").value_or("");
    const auto after = call.request.query("after");
    if (!text.empty() && !after)
        if (const auto article = editing::find_article(store, text)) return see_other(article_path(article->id));
    worklist::BoardQuery query{
        .locale = titles_in(app, call, enabled_locales(app)), .text = text, .limit = rows_per_page, .after = after};
    if (const auto type = call.request.query("type"); type && !type->empty()) query.type = type;
    const auto board = worklist::board(store, query);

    auto data = view_object();
    auto rows = view_list();
    for (const auto& row : board.rows) append(rows, row_view(app, call, row));
    put(data, "rows", std::move(rows));
    put(data, "query_text", text);
    put(data, "types", choices_view(type_choices(app, call), query.type.value_or("")));
    const bool filtered = !text.empty() || query.type;
    put(data, "clear", filtered);
    put(data, "empty", board.rows.empty() && !board.looked_far);
    put(data, "lead", word(app, call, filtered ? "board.empty" : "board.none"));
    put(data, "detail", word(app, call, filtered ? "board.empty.detail" : "board.none.detail"));
    put(data, "can_new", accounts::can_somewhere(call.caller, Action::edit_source));
    put(data, "looked_far", board.looked_far);
    put(data, "next", board.next ? ViewData(target_with(call.request, "after", *board.next)) : nothing());
    return page(app, call, "articles", word(app, call, "articles.title"), std::move(data));
}

}  // namespace stele::studio
