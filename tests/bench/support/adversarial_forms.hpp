#pragma once
// Everything that is read and is no Markdown, at its hardest: JSON, front matter, CSV, headers, messages, forms.
#include <functional>
#include <string>
#include <vector>

namespace stele::bench {

struct Form {
    size_t bytes;
    std::function<void()> read;
};
struct AdversarialForm {
    std::string name, family;
    size_t max_bytes;  // the limit of its kind
    std::function<Form(size_t bytes)> make;
};
std::vector<AdversarialForm> adversarial_forms();

}  // namespace stele::bench
