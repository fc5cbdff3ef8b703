/**
 * Which files make the native engine on each platform, with their hashes. The wheel is the cp312 one whatever Python
 * runs pip: its libraries do not use Python, and so one hash pins it.
 */
export const TENSORFLOW_VERSION = '2.21.0';

/** Raised when the layout of the cache folder changes, so that an older install is left alone. */
export const LAYOUT = 8;

export type Variant = 'cpu' | 'gpu';

export interface Wheel {
  /** A pip requirement. */
  requirement: string;
  sha256: string;
  /** Megabytes of download, for progress. */
  megabytes: number;
}

export interface Release {
  /** `linux-x64-cpu` */
  key: string;
  tensorflow: Wheel;
  /** CUDA parts; the library's own RUNPATH finds them in `nvidia/<part>/lib` beside its folder. */
  parts: Wheel[];
  /** Platform tags for pip. */
  tags: string[];
  libraries: string[];
  /** Free disk space that an install needs at its widest moment. */
  needsMegabytes: number;
}

const LINUX_LIBRARIES = ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'];
const MAC_LIBRARIES = ['libtensorflow_cc.2.dylib', 'libtensorflow_framework.2.dylib'];

const cuda = (requirement: string, sha256: string, megabytes: number): Wheel => ({ requirement, sha256, megabytes });

const CUDA_PARTS: Wheel[] = [
  cuda('nvidia-cublas-cu12==12.9.3.13', 'd7d51055f161b317c7105ddaae90e71eda059026074ffef93cf7cde2886bfe72', 581),
  cuda('nvidia-cuda-cupti-cu12==12.9.79', '096bcf334f13e1984ba36685ad4c1d6347db214de03dbb6eebb237b41d9d934f', 11),
  cuda('nvidia-cuda-nvcc-cu12==12.9.86', '5d6a0d32fdc7ea39917c20065614ae93add6f577d840233237ff08e9a38f58f0', 41),
  cuda('nvidia-cuda-nvrtc-cu12==12.9.86', '210cf05005a447e29214e9ce50851e83fc5f4358df8b453155d5e1918094dcb4', 90),
  cuda('nvidia-cuda-runtime-cu12==12.9.79', '25bba2dfb01d48a9b59ca474a1ac43c6ebf7011f1b0b8cc44f54eb6ac48a96c3', 4),
  cuda('nvidia-cudnn-cu12==9.28.0.42', '9ff58b7f36dacd0a93e89f8f2957b52466889217963701daa15e577317cfa375', 660),
  cuda('nvidia-cufft-cu12==11.4.1.4', 'c67884f2a7d276b4b80eb56a79322a95df592ae5e765cf1243693365ccab4e28', 201),
  cuda('nvidia-curand-cu12==10.3.10.19', '49b274db4780d421bd2ccd362e1415c13887c53c214f0d4b761752b8f9f6aa1e', 68),
  cuda('nvidia-cusolver-cu12==11.7.5.82', '15da72d1340d29b5b3cf3fd100e3cd53421dde36002eda6ed93811af63c40d88', 338),
  cuda('nvidia-cusparse-cu12==12.5.10.65', '73060ce019ac064a057267c585bf1fd5a353734151f87472ff02b2c5c9984e78', 366),
  cuda('nvidia-nccl-cu12==2.32.3', 'bb94b2348e4861d5e8aa00b36c3d12d9bdf9c6369b82cbb723de0b582280a21c', 320),
  cuda('nvidia-nvjitlink-cu12==12.9.86', 'e3f1171dbdc83c5932a45f0f4c99180a70de9bd2718c1ab77d14104f6d7147f9', 40),
];

const full = `tensorflow==${TENSORFLOW_VERSION}`;

const RELEASES: Release[] = [
  {
    key: 'linux-x64-cpu',
    tensorflow: {
      requirement: `tensorflow-cpu==${TENSORFLOW_VERSION}`,
      sha256: 'dcc8afd32930e42d5296b6ee19078b773706830af4ea97fbe503b9f5e0f820cb',
      megabytes: 274,
    },
    parts: [],
    tags: ['manylinux_2_27_x86_64'],
    libraries: LINUX_LIBRARIES,
    needsMegabytes: 1300,
  },
  {
    key: 'linux-x64-gpu',
    tensorflow: {
      requirement: full,
      sha256: 'b3b95643c4e70eb925839938fb35cbe142f317ec84af6844ee61513713bb13c0',
      megabytes: 572,
    },
    parts: CUDA_PARTS,
    tags: ['manylinux_2_27_x86_64', 'manylinux_2_25_x86_64', 'manylinux2014_x86_64', 'manylinux2010_x86_64'],
    libraries: LINUX_LIBRARIES,
    needsMegabytes: 7000,
  },
  {
    key: 'linux-arm64-cpu',
    tensorflow: {
      requirement: full,
      sha256: 'b07d15737406533898e36c7ef7944b1be18e9028dc521b9229952c537bbc5552',
      megabytes: 282,
    },
    parts: [],
    tags: ['manylinux_2_27_aarch64'],
    libraries: LINUX_LIBRARIES,
    needsMegabytes: 1300,
  },
  {
    key: 'darwin-arm64-cpu',
    tensorflow: {
      requirement: full,
      sha256: '56ecd7d47429acbe1df2694d50b75bf9fc3995ac92cb367cd9af6c4780ead712',
      megabytes: 223,
    },
    parts: [],
    tags: ['macosx_12_0_arm64'],
    libraries: MAC_LIBRARIES,
    needsMegabytes: 1200,
  },
];

/** The release for a platform such as `linux-x64`, or undefined where there is none. */
export const releaseFor = (platform: string, variant: Variant): Release | undefined =>
  RELEASES.find((release) => release.key === `${platform}-${variant}`);

/** Compiler of last resort, on linux-x64. */
export const ZIG: Wheel = {
  requirement: 'ziglang==0.17.1',
  sha256: 'ea6cc5d87b033cf0aedfbc8f9549a908cae6c50ac31f1698188fa48a74524b54',
  megabytes: 85,
};
