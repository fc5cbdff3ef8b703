#ifndef NETLOOM_GRAPHS_H_
#define NETLOOM_GRAPHS_H_

#include <node_api.h>

#include <vector>

namespace netloom {

std::vector<napi_property_descriptor> GraphMembers();

}  // namespace netloom

#endif  // NETLOOM_GRAPHS_H_
