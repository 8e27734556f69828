//! A trait of three hundred operations.

#![deny(warnings)]

use acs_rest::{Client, Result, acs_operations};

macro_rules! calls {
    ($($name:ident)*) => {
        #[acs_operations]
        trait Calls {
            $(
                #[acs_operation(POST, "/calls/<id>", repeatable)]
                async fn $name(&self, id: &str, #[query] top: Option<u32>, names: &[String]) -> Result<u8>;
            )*
        }
    };
}

calls! {
    call_0 call_1 call_2 call_3 call_4 call_5 call_6 call_7 call_8 call_9
    call_10 call_11 call_12 call_13 call_14 call_15 call_16 call_17 call_18 call_19
    call_20 call_21 call_22 call_23 call_24 call_25 call_26 call_27 call_28 call_29
    call_30 call_31 call_32 call_33 call_34 call_35 call_36 call_37 call_38 call_39
    call_40 call_41 call_42 call_43 call_44 call_45 call_46 call_47 call_48 call_49
    call_50 call_51 call_52 call_53 call_54 call_55 call_56 call_57 call_58 call_59
    call_60 call_61 call_62 call_63 call_64 call_65 call_66 call_67 call_68 call_69
    call_70 call_71 call_72 call_73 call_74 call_75 call_76 call_77 call_78 call_79
    call_80 call_81 call_82 call_83 call_84 call_85 call_86 call_87 call_88 call_89
    call_90 call_91 call_92 call_93 call_94 call_95 call_96 call_97 call_98 call_99
    call_100 call_101 call_102 call_103 call_104 call_105 call_106 call_107 call_108 call_109
    call_110 call_111 call_112 call_113 call_114 call_115 call_116 call_117 call_118 call_119
    call_120 call_121 call_122 call_123 call_124 call_125 call_126 call_127 call_128 call_129
    call_130 call_131 call_132 call_133 call_134 call_135 call_136 call_137 call_138 call_139
    call_140 call_141 call_142 call_143 call_144 call_145 call_146 call_147 call_148 call_149
    call_150 call_151 call_152 call_153 call_154 call_155 call_156 call_157 call_158 call_159
    call_160 call_161 call_162 call_163 call_164 call_165 call_166 call_167 call_168 call_169
    call_170 call_171 call_172 call_173 call_174 call_175 call_176 call_177 call_178 call_179
    call_180 call_181 call_182 call_183 call_184 call_185 call_186 call_187 call_188 call_189
    call_190 call_191 call_192 call_193 call_194 call_195 call_196 call_197 call_198 call_199
    call_200 call_201 call_202 call_203 call_204 call_205 call_206 call_207 call_208 call_209
    call_210 call_211 call_212 call_213 call_214 call_215 call_216 call_217 call_218 call_219
    call_220 call_221 call_222 call_223 call_224 call_225 call_226 call_227 call_228 call_229
    call_230 call_231 call_232 call_233 call_234 call_235 call_236 call_237 call_238 call_239
    call_240 call_241 call_242 call_243 call_244 call_245 call_246 call_247 call_248 call_249
    call_250 call_251 call_252 call_253 call_254 call_255 call_256 call_257 call_258 call_259
    call_260 call_261 call_262 call_263 call_264 call_265 call_266 call_267 call_268 call_269
    call_270 call_271 call_272 call_273 call_274 call_275 call_276 call_277 call_278 call_279
    call_280 call_281 call_282 call_283 call_284 call_285 call_286 call_287 call_288 call_289
    call_290 call_291 call_292 call_293 call_294 call_295 call_296 call_297 call_298 call_299
}

fn main() {
    let _ = |client: Client| async move { client.call_299("id", None, &[]).await };
}
