// Which vectors the processor computes with.
#ifndef NETLOOM_INSTRUCTION_SET_H_
#define NETLOOM_INSTRUCTION_SET_H_

namespace netloom {

enum class InstructionSet { kAny, kAvx2, kAvx512 };

// The best that processor and system know; NETLOOM_INSTRUCTIONS=any or avx2 says that they know no more than that.
InstructionSet BestSet();

}  // namespace netloom

#endif  // NETLOOM_INSTRUCTION_SET_H_
