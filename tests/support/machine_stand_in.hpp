#pragma once
// A translation service on this machine, on a port of its own, that speaks the protocols of LibreTranslate and DeepL:
// its translation is the text in capitals, marks left alone. It remembers what it was asked.
#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace Poco::Net {
class HTTPServer;
}

namespace stele::testing {

class MachineStandIn {
  public:
    enum class Mood {
        well,
        loses_marks,
        turns_marks,
        one_short,
        garbled,
        refuses,
        out_of_quota,
        no_language,
        broken,
        silent
    };

    MachineStandIn();
    ~MachineStandIn();

    std::string url() const;
    std::atomic<Mood> mood = Mood::well;

    struct Asked {
        std::string path, authorization, body;
    };
    std::vector<Asked> asked() const;
    void wait_until_asked(size_t times);
    // Those who wait in silence are answered, and so is everybody from now on.
    void break_silence();

    // As the service does it.
    void note(Asked one);
    // Waits until the silence is broken, or this object goes.
    void be_silent();

  private:
    mutable std::mutex mutex_;
    std::vector<Asked> asked_;
    std::unique_ptr<Poco::Net::HTTPServer> server_;
    struct Gate;
    std::unique_ptr<Gate> gate_;
};

}  // namespace stele::testing
