#pragma once
// The files of some articles, to hand to somebody who works on them elsewhere; `import` takes them back.
#include <string>
#include <vector>

#include "src/exchange/exchange.hpp"

namespace stele::exchange {

struct NamedFile {
    std::string path, bytes;
};
// Each article's source and its text in `locale` as it is, also where there is none yet, under their canonical names
// and with the rows that lie beside. Each file names the package, and what is in it is kept: that is what an import
// compares with, whatever was exported elsewhere since. Articles that are deleted are left out.
std::vector<NamedFile> files_of(const Store& store, const std::vector<ArticleId>& ids, const locale::Tag& locale);

}  // namespace stele::exchange
