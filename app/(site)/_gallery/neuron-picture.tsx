/** One neuron: numbers in circles, a sum, a bend, and the number that comes out. */
export function NeuronPicture({ inputs, output }: { inputs: string[]; output: string }) {
  const gap = 36;
  const top = 66 - ((inputs.length - 1) * gap) / 2;
  return (
    <svg width="100%" height="112" viewBox="0 10 264 112" preserveAspectRatio="xMidYMid meet" aria-hidden="true">
      {inputs.map((text, index) => {
        const y = top + index * gap;
        return (
          <g key={text}>
            <path d={`M58 ${y}L122 66`} stroke="var(--nl-tensor)" strokeWidth="2" />
            <circle cx="44" cy={y} r="14" fill="var(--nl-raised)" stroke="var(--nl-line-2)" />
            <text x="44" y={y + 4} textAnchor="middle" fontSize="12" fill="var(--nl-text)">
              {text}
            </text>
          </g>
        );
      })}
      <path d="M158 66h22" stroke="var(--nl-tensor)" strokeWidth="2" />
      <circle cx="140" cy="66" r="18" fill="var(--nl-node)" stroke="var(--nl-tensor)" strokeWidth="2" />
      <text x="140" y="71" textAnchor="middle" fontSize="14" fill="var(--nl-text)">
        Σ
      </text>
      <rect x="180" y="50" width="32" height="32" rx="6" fill="var(--nl-raised)" stroke="var(--nl-line-2)" />
      <path
        d="M186 74c10 0 10 -16 20 -16"
        fill="none"
        stroke="var(--nl-tensor)"
        strokeWidth="2"
        strokeLinecap="round"
      />
      <path d="M212 66h10" stroke="var(--nl-tensor)" strokeWidth="2" />
      <text x="226" y="56" fontSize="11" fill="var(--nl-text-3)">
        {output}
      </text>
    </svg>
  );
}
