// Binary cross-entropy of scores as an op that gives its gradient, too.
#include "kernels.h"
#include "logistic-loss.h"
#include "op.h"

namespace netloom {

namespace {

void Compute(OpCall &call) {
  enum { kScores, kAnswers };
  enum { kLosses, kGradients };
  const Sizes sizes = call.InputSizes(kScores);
  if (call.InputSizes(kAnswers) != sizes) throw Failure("expected an answer for each score");
  ComputeLogisticLoss(call.Input(kScores), call.Input(kAnswers), Count(sizes), call.Output(kLosses, sizes),
                      call.Output(kGradients, sizes));
}

void Infer(TF_ShapeInferenceContext *context, TF_Status *status) {
  Inference shapes(context, status);
  TF_ShapeHandle *scores = shapes.Input(0);
  shapes.Give({scores, scores});
}

}  // namespace

void RegisterLogisticLoss() {
  Register({"NetloomLogisticLoss",
            {"scores: float", "answers: float"},
            {"losses: float", "gradients: float"},
            {},
            Infer,
            kPlain<Compute>});
}

}  // namespace netloom
