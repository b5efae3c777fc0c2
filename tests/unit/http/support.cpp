// This suite links the HTTP library alone, so that it runs while the rest does not build; the client comes in here.
#include "tests/support/http_client.cpp"
