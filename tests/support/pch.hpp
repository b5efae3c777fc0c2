#pragma once
#include <boost/test/unit_test.hpp>

#include "src/base/pch.hpp"
