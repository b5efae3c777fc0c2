#pragma once
// Lets what SQLite asks of the system fail in this process, as on a full, a read-only or a broken disk.
namespace stele::testing {

class FailingCalls {
  public:
    enum class Call { write, open };
    // Until its end, each such call of SQLite fails with this errno.
    FailingCalls(Call call, int code);
    ~FailingCalls();
    FailingCalls(const FailingCalls&) = delete;
    FailingCalls& operator=(const FailingCalls&) = delete;

  private:
    Call call_;
};

}  // namespace stele::testing
