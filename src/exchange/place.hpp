#pragma once
// Which of the places that are known the files of an import lie in: what they were there is the base of its merge.
#include "src/exchange/exchange.hpp"
#include "src/storage/files.hpp"

namespace stele::exchange {

// The folder itself where it was imported or exported to before. Else it may be a copy or a clone of one, and is taken
// for the one that most of the files are the same as in, of several the one last used. `none`: no folder is known.
storage::OriginId find_place(const Store& store, const FileSource& files);

// As find_place, but known from now on.
storage::OriginId make_place(const Store& store, const FileSource& files);

// Forgets the places that were not used for longest: a nightly export may go to a folder of each day. What comes back
// from one of them is compared as a clone would be, and a file of a forgotten package has no base: what differs is in
// conflict.
void forget_old_places(const Store& store);

}  // namespace stele::exchange
