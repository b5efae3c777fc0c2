#include "server/routes.hpp"

#include "server/api/handlers.hpp"
#include "server/api/machine.hpp"
#include "server/api/memory.hpp"
#include "server/api/terms.hpp"
#include "server/api/workflow.hpp"
#include "server/health.hpp"
#include "server/metrics/show.hpp"
#include "server/site/handlers.hpp"
#include "server/studio/settings/memory.hpp"
#include "server/studio/studio.hpp"
#include "server/studio/terms/terms.hpp"
#include "server/studio/workflow/workflow.hpp"

namespace stele {
namespace {

using enum Permission;
constexpr auto program = Audience::program;
constexpr auto person = Audience::person;
constexpr std::string_view no_query;

// clang-format off
const std::vector<http::Route<Target>> table = {
    {"GET",    "/healthz",                                                      {show_health, open, program}},
    {"GET",    "/readyz",                                                       {show_readiness, open, program}},
    {"GET",    "/metrics",                                                      {metrics::show, watch, program}},

    // ---- API: locales ----
    {"GET",    "/api/v1/locales",                                               {api::list_locales, read_published, program, no_query}},
    {"PUT",    "/api/v1/locales/{locale}",                                      {api::put_locale, administer, program}},
    {"GET",    "/api/v1/negotiate",                                             {api::negotiate, read_published, program}},

    // ---- API: articles ----
    {"GET",    "/api/v1/articles",                                              {api::list_articles, read_published, program, "locale type sort fallback limit after"}},
    {"POST",   "/api/v1/articles",                                              {api::create_article, create, program}},
    {"GET",    "/api/v1/articles/{id}",                                         {api::show_article, read_published, program, "locale"}},
    {"PATCH",  "/api/v1/articles/{id}",                                         {api::patch_article, edit_source, program}},
    {"DELETE", "/api/v1/articles/{id}",                                         {api::delete_article, edit_source, program}},
    {"POST",   "/api/v1/articles/{id}/restore",                                 {api::restore_article, edit_source, program}},
    {"GET",    "/api/v1/pages/{locale}/{slug}",                                 {api::show_page, read_published, program, no_query}},

    // ---- API: translations ----
    {"GET",    "/api/v1/articles/{id}/translations/{locale}",                   {api::show_translation, read_drafts, program}},
    {"PUT",    "/api/v1/articles/{id}/translations/{locale}",                   {api::put_translation, write_text, program}},
    {"PATCH",  "/api/v1/articles/{id}/translations/{locale}",                   {api::patch_translation, write_text, program}},
    {"DELETE", "/api/v1/articles/{id}/translations/{locale}",                   {api::delete_translation, write_text, program}},
    {"POST",   "/api/v1/articles/{id}/translations/{locale}/publish",           {api::publish, publish, program}},
    {"POST",   "/api/v1/articles/{id}/translations/{locale}/unpublish",         {api::unpublish, publish, program}},
    {"POST",   "/api/v1/articles/{id}/translations/{locale}/keep",              {api::keep, keep, program}},
    {"DELETE", "/api/v1/articles/{id}/translations/{locale}/keep",              {api::undo_keep, keep, program}},
    {"POST",   "/api/v1/articles/{id}/translations/{locale}/consequences",      {api::show_consequences, write_text, program}},
    {"GET",    "/api/v1/articles/{id}/translations/{locale}/segments",          {api::list_segments, read_drafts, program}},
    {"GET",    "/api/v1/articles/{id}/translations/{locale}/segments/{segment}/suggestions",
                                                                                {api::list_suggestions, translate, program}},
    {"POST",   "/api/v1/articles/{id}/translations/{locale}/pretranslate",      {api::pretranslate, translate, program}},
    {"POST",   "/api/v1/articles/{id}/translations/{locale}/machine",           {api::translate_by_machine, translate, program}},
    {"GET",    "/api/v1/articles/{id}/translations/{locale}/revisions",         {api::list_revisions, read_drafts, program}},
    {"GET",    "/api/v1/articles/{id}/translations/{locale}/revisions/{n}",     {api::show_revision, read_drafts, program}},
    {"POST",   "/api/v1/articles/{id}/translations/{locale}/revisions/{n}/restore",
                                                                                {api::restore_revision, write_text, program}},

    // ---- API: what people agree on around a text ----
    {"GET",    "/api/v1/articles/{id}/translations/{locale}/review",            {api::show_review, read_drafts, program}},
    {"PUT",    "/api/v1/articles/{id}/translations/{locale}/review",            {api::put_review, translate, program}},
    {"GET",    "/api/v1/articles/{id}/translations/{locale}/comments",          {api::list_comments, read_drafts, program}},
    {"POST",   "/api/v1/articles/{id}/translations/{locale}/comments",          {api::create_comment, discuss, program}},
    {"PATCH",  "/api/v1/comments/{n}",                                          {api::patch_comment, read_drafts, program}},
    {"DELETE", "/api/v1/comments/{n}",                                          {api::delete_comment, read_drafts, program}},
    {"GET",    "/api/v1/articles/{id}/translations/{locale}/assignment",        {api::show_assignment, read_drafts, program}},
    {"PUT",    "/api/v1/articles/{id}/translations/{locale}/assignment",        {api::put_assignment, translate, program}},
    {"DELETE", "/api/v1/articles/{id}/translations/{locale}/assignment",        {api::delete_assignment, translate, program}},
    {"GET",    "/api/v1/articles/{id}/translations/{locale}/schedule",          {api::show_schedule, read_drafts, program}},
    {"PUT",    "/api/v1/articles/{id}/translations/{locale}/schedule",          {api::put_schedule, publish, program}},
    {"DELETE", "/api/v1/articles/{id}/translations/{locale}/schedule",          {api::delete_schedule, publish, program}},
    {"PUT",    "/api/v1/articles/{id}/translations/{locale}/presence",          {api::put_presence, read_drafts, program}},
    {"DELETE", "/api/v1/articles/{id}/translations/{locale}/presence",          {api::delete_presence, read_drafts, program}},
    {"GET",    "/api/v1/reviews",                                               {api::list_reviews, read_drafts, program}},
    {"GET",    "/api/v1/assignments",                                           {api::list_assignments, signed_in, program}},
    {"POST",   "/api/v1/assignments",                                           {api::assign_many, read_drafts, program}},
    {"GET",    "/api/v1/people",                                                {api::list_people, read_drafts, program}},
    {"GET",    "/api/v1/notifications",                                         {api::list_notifications, signed_in, program}},
    {"POST",   "/api/v1/notifications/read",                                    {api::read_notifications, signed_in, program}},

    // ---- API: terms and checks ----
    {"GET",    "/api/v1/articles/{id}/translations/{locale}/checks",            {api::list_checks, read_drafts, program}},
    {"GET",    "/api/v1/articles/{id}/translations/{locale}/segments/{segment}/terms",
                                                                                {api::list_segment_terms, read_drafts, program}},
    {"POST",   "/api/v1/articles/{id}/translations/{locale}/segments/{segment}/check",
                                                                                {api::check_segment, write_text, program}},
    {"POST",   "/api/v1/articles/{id}/translations/{locale}/segments/{segment}/findings/{finding}/dismiss",
                                                                                {api::dismiss_check, write_text, program}},
    {"DELETE", "/api/v1/articles/{id}/translations/{locale}/segments/{segment}/findings/{finding}/dismiss",
                                                                                {api::undo_dismiss_check, write_text, program}},
    {"GET",    "/api/v1/terms",                                                 {api::list_terms, read_drafts, program}},
    {"POST",   "/api/v1/terms",                                                 {api::create_term, create, program}},
    {"GET",    "/api/v1/terms/{n}",                                             {api::show_term, read_drafts, program}},
    {"PATCH",  "/api/v1/terms/{n}",                                             {api::patch_term, glossary, program}},
    {"DELETE", "/api/v1/terms/{n}",                                             {api::delete_term, create, program}},
    {"POST",   "/api/v1/terms/{n}/restore",                                     {api::restore_term, create, program}},
    {"GET",    "/api/v1/terms.csv",                                             {api::export_terms, read_drafts, program}},
    {"POST",   "/api/v1/terms.csv",                                             {api::import_terms, glossary, program}},

    // ---- API: work ----
    {"GET",    "/api/v1/memory",                                                {api::find_in_memory, read_drafts, program}},
    {"GET",    "/api/v1/memory.tmx",                                            {api::export_memory, administer_site, program}},
    {"POST",   "/api/v1/memory.tmx",                                            {api::import_memory, administer_site, program}},
    {"GET",    "/api/v1/memory/imports",                                        {api::list_memory_imports, administer_site, program}},
    {"DELETE", "/api/v1/memory/imports/{n}",                                    {api::remove_memory_import, administer_site, program}},
    {"GET",    "/api/v1/worklist",                                              {api::list_work, read_drafts, program}},
    {"GET",    "/api/v1/coverage",                                              {api::show_coverage, read_drafts, program}},
    {"GET",    "/api/v1/openapi.json",                                          {api::show_openapi, read_published, program, no_query}},

    // ---- site ----
    {"GET",    "/",                                                             {site::show_home, open, person}},
    {"GET",    "/{slug}",                                                       {site::show_bare, open, person}},
    {"GET",    "/{locale}/",                                                    {site::show_list, open, person, "type sort after"}},
    {"GET",    "/{locale}/{slug}",                                              {site::show_page, open, person, no_query}},
    {"GET",    "/{locale}/{slug}/",                                             {site::without_slash, open, person}},
    {"GET",    "/assets/{file}",                                                {site::show_asset, open, person, no_query}},
    {"GET",    "/favicon.ico",                                                  {site::show_favicon, open, person, no_query}},
    {"GET",    "/robots.txt",                                                   {site::show_robots, open, person, no_query}},

    // ---- studio ----
    {"GET",    "/studio",                                                       {studio::show_home, signed_in, person}},
    {"GET",    "/studio/sign-in",                                               {studio::show_sign_in, open, person}},
    {"POST",   "/studio/sign-in",                                               {studio::sign_in, open, person}},
    {"GET",    "/studio/sign-in/{code}",                                        {studio::show_link, open, person}},
    {"POST",   "/studio/sign-in/{code}",                                        {studio::redeem_link, open, person}},
    {"POST",   "/studio/sign-out",                                              {studio::sign_out, signed_in, person}},
    {"GET",    "/studio/password",                                              {studio::show_forgot, open, person}},
    {"POST",   "/studio/password",                                              {studio::ask_for_password, open, person}},
    {"GET",    "/studio/password/{code}",                                       {studio::show_password, open, person}},
    {"POST",   "/studio/password/{code}",                                       {studio::choose_password, open, person}},
    {"GET",    "/studio/account",                                               {studio::show_account, signed_in, person}},
    {"POST",   "/studio/account",                                               {studio::change_account, signed_in, person}},
    {"GET",    "/studio/terms",                                                 {studio::list_terms, signed_in, person}},
    {"POST",   "/studio/terms",                                                 {studio::import_terms, glossary, person}},
    {"GET",    "/studio/terms/{n}",                                             {studio::show_term, signed_in, person}},
    {"POST",   "/studio/terms/{n}",                                             {studio::change_term, signed_in, person}},
    {"GET",    "/studio/settings/users",                                        {studio::list_users, settings, person}},
    {"POST",   "/studio/settings/users",                                        {studio::invite_user, settings, person}},
    {"GET",    "/studio/settings/users/{name}",                                 {studio::show_user, settings, person}},
    {"POST",   "/studio/settings/users/{name}",                                 {studio::change_user, settings, person}},
    {"GET",    "/studio/settings/tokens",                                       {studio::list_tokens, settings, person}},
    {"POST",   "/studio/settings/tokens",                                       {studio::change_tokens, settings, person}},
    {"GET",    "/studio/settings/memory",                                       {studio::show_memory, signed_in, person}},
    {"POST",   "/studio/settings/memory",                                       {studio::change_memory, settings, person}},
    {"GET",    "/studio/settings/log",                                          {studio::show_log, settings, person}},
    {"POST",   "/studio/language",                                              {studio::set_language, signed_in, person}},
    {"GET",    "/studio/studio.css",                                            {studio::show_style, open, person}},
    {"GET",    "/studio/script/{version}/{file}",                               {studio::show_script, open, person, no_query}},
    {"GET",    "/studio/board",                                                 {studio::show_board, signed_in, person}},
    {"POST",   "/studio/board",                                                 {studio::act_on_board, signed_in, person}},
    {"GET",    "/studio/worklist",                                              {studio::first_work, signed_in, person}},
    {"GET",    "/studio/worklist/{locale}",                                     {studio::list_work, signed_in, person}},
    {"GET",    "/studio/worklist/{locale}/next",                                {studio::next_work, signed_in, person}},
    {"GET",    "/studio/reviews/{locale}",                                      {studio::list_reviews, signed_in, person}},
    {"GET",    "/studio/articles",                                              {studio::list_articles, signed_in, person}},
    {"GET",    "/studio/deleted",                                               {studio::list_deleted, signed_in, person}},
    {"GET",    "/studio/deleted/{id}",                                          {studio::show_removal, signed_in, person}},
    {"POST",   "/studio/deleted/{id}",                                          {studio::change_removal, signed_in, person}},
    {"GET",    "/studio/articles/{id}/{locale}/history",                        {studio::show_history, read_drafts, person}},
    {"POST",   "/studio/articles/{id}/{locale}/history",                        {studio::restore_text, write_text, person}},
    {"GET",    "/studio/articles/{id}/{locale}/comments",                       {studio::show_comments, read_drafts, person}},
    {"POST",   "/studio/articles/{id}/{locale}/comments",                       {studio::change_comments, discuss, person}},
    {"GET",    "/studio/settings",                                              {studio::show_settings, signed_in, person}},
    {"GET",    "/studio/settings/locales",                                      {studio::show_locales, signed_in, person}},
    {"POST",   "/studio/settings/locales",                                      {studio::change_locale, signed_in, person}},
    {"GET",    "/studio/articles/{id}",                                         {studio::show_article, signed_in, person}},
    {"GET",    "/studio/articles/{id}/{locale}",                                {studio::show_text, signed_in, person}},
    {"POST",   "/studio/articles/{id}/{locale}",                                {studio::save_text, signed_in, person}},
    {"GET",    "/studio/articles/{id}/{locale}/preview",                        {studio::make_preview, signed_in, person}},
    {"GET",    "/studio/new",                                                   {studio::show_new, signed_in, person}},
    {"POST",   "/studio/new",                                                   {studio::create_article, signed_in, person}},
    {"GET",    "/studio/notifications",                                         {studio::show_notifications, signed_in, person}},
    {"POST",   "/studio/notifications/read",                                    {studio::read_all, signed_in, person}},
    {"POST",   "/studio/notifications/digest",                                  {studio::set_digest, signed_in, person}},
    {"POST",   "/studio/notifications/feed",                                    {studio::change_feed, signed_in, person}},
    {"GET",    "/feeds/worklist/{locale}/{token}",                              {studio::show_feed, open, person}},
    {"GET",    "/preview/{token}",                                              {studio::show_preview, open, person}},
};
// clang-format on

}  // namespace

const http::Router<Target>& routes() {
    static const http::Router<Target> router(table);
    return router;
}

}  // namespace stele
