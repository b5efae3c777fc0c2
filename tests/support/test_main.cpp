#define BOOST_TEST_MODULE stele
#include <boost/test/unit_test.hpp>
