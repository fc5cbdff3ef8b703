#ifndef NETLOOM_SESSIONS_H_
#define NETLOOM_SESSIONS_H_

#include <node_api.h>

#include <vector>

namespace netloom {

std::vector<napi_property_descriptor> SessionMembers();

}  // namespace netloom

#endif  // NETLOOM_SESSIONS_H_
