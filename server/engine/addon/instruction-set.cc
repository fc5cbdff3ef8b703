#include "instruction-set.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>

#if defined(__x86_64__)
#include <cpuid.h>
#endif

namespace netloom {

namespace {

#if defined(__x86_64__)

// Parts of the registers that the system keeps for each thread (XCR0).
uint64_t KeptRegisters() {
  uint32_t low, high;
  __asm__("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
  return (static_cast<uint64_t>(high) << 32) | low;
}

InstructionSet Known() {
  unsigned a, b, c, d;
  if (!__get_cpuid(1, &a, &b, &c, &d) || !(c & bit_OSXSAVE) || !(c & bit_FMA)) return InstructionSet::kAny;
  const uint64_t kept = KeptRegisters();
  if (!__get_cpuid_count(7, 0, &a, &b, &c, &d)) return InstructionSet::kAny;
  if ((b & bit_AVX512F) && (kept & 0xe6) == 0xe6) return InstructionSet::kAvx512;
  return (b & bit_AVX2) && (kept & 0x06) == 0x06 ? InstructionSet::kAvx2 : InstructionSet::kAny;
}

#else

InstructionSet Known() { return InstructionSet::kAny; }

#endif

InstructionSet Most() {
  const char *said = std::getenv("NETLOOM_INSTRUCTIONS");
  if (said != nullptr && std::strcmp(said, "any") == 0) return InstructionSet::kAny;
  return said != nullptr && std::strcmp(said, "avx2") == 0 ? InstructionSet::kAvx2 : InstructionSet::kAvx512;
}

}  // namespace

InstructionSet BestSet() {
  static const InstructionSet best = std::min(Known(), Most());
  return best;
}

}  // namespace netloom
